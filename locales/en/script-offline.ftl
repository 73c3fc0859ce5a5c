# What works without the network.

offline-kept = These pages are kept in this browser for when there is no network.
offline-not-kept = These pages are not kept in this browser.
offline-forget = Do not keep them
offline-keep = Keep them
offline-unable = This browser cannot keep pages, or a private window forbids it.
