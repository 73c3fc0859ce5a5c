# Files on pages: sizes, how far work on them has come, results to keep.

files-bytes = { $count ->
    [one] one byte
   *[other] { $count } bytes
}
files-kilobytes = { $count } kB
files-megabytes = { $count } MB
files-progress-label = Reading the file:
files-progress = { $percent } % ({ $done } of { $total })
files-keep = Save { $name } ({ $size })
