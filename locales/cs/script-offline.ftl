# Co funguje bez připojení.

offline-kept = Tyto stránky jsou v prohlížeči uloženy pro případ, že nebude připojení.
offline-not-kept = Tyto stránky v prohlížeči uloženy nejsou.
offline-forget = Neukládat je
offline-keep = Ukládat je
offline-unable = Tento prohlížeč stránky ukládat neumí, nebo to zakazuje anonymní okno.
