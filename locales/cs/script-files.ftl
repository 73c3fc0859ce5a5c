# Soubory na stránkách: velikosti, průběh a výsledky k uložení.

files-bytes = { $count ->
    [one] jeden bajt
    [few] { $count } bajty
   *[other] { $count } bajtů
}
files-kilobytes = { $count } kB
files-megabytes = { $count } MB
files-progress-label = Čte se soubor:
files-progress = { $percent } % ({ $done } z { $total })
files-keep = Uložit { $name } ({ $size })
