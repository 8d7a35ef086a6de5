"""Expressions that give what may be None, and objects of the classes in the prelude."""

from __future__ import annotations

OBJECTS: dict[str, list[str]] = {
    "oint": ["$int if $bool else None", "None", "$counts.get($str)", "first($ints)"],
    "ostr": ["$str if $bool else None", "None", "$names.get($int)", "group($str)"],
    "box": [
        "Box($int, $str)",
        "Box($int, $str, $float)",
        "Box(x=$int, label=$str, weight=$float)",
        "replace($box, x=$int)",
        "replace($box, label=$str, x=$int)",
        "Box(label=$str, x=$int)",
        "$box.moved($int!)",
    ],
    "boxes": [
        "[$box, $box]",
        "[Box($int+, $str) for %int in $ints]",
        "sorted($boxes)",
        "sorted($boxes, key=lambda %box: %box.label)",
    ],
    "level": ["Level($int!)"],
    "mixed": ["$int", "$str", "$ints", "$box", "None", "$oint"],
    "node": ["Node($str)", "Leaf($str, $int!)", "Node($str, Leaf($str, $int!))"],
}
