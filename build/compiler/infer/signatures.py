"""Functions whose arguments and result have always the same types."""

from __future__ import annotations

from build.compiler.infer.methods import sig
from build.compiler.types import (
    ANY,
    BOOL,
    BYTES,
    FLOAT,
    INT,
    JS,
    NONE,
    OBJECT,
    STR,
    CoroutineT,
    FunctionT,
    IterT,
    ListT,
    TupleT,
)

SIMPLE: dict[str, FunctionT] = {
    "chr": sig(STR, INT),
    "ord": sig(INT, STR),
    "callable": sig(BOOL, OBJECT),
    "bin": sig(STR, INT),
    "hex": sig(STR, INT),
    "divmod": sig(TupleT((INT, INT)), INT, INT),
    "all": sig(BOOL, IterT(BOOL)),
    "any": sig(BOOL, IterT(BOOL)),
    "math.floor": sig(INT, FLOAT),
    "math.ceil": sig(INT, FLOAT),
    "math.trunc": sig(INT, FLOAT),
    **{
        f"math.{name}": sig(FLOAT, FLOAT)
        for name in ("sqrt", "log2", "log10", "exp", "sin", "cos", "tan", "atan", "fabs")
    },
    "math.log": sig(FLOAT, FLOAT, FLOAT, optional=1),
    "math.pow": sig(FLOAT, FLOAT, FLOAT),
    "math.atan2": sig(FLOAT, FLOAT, FLOAT),
    **{f"math.{name}": sig(BOOL, FLOAT) for name in ("isnan", "isinf", "isfinite")},
    "js.put": sig(NONE, JS, STR, ANY),
    "js.get": sig(JS, JS, STR),
    "js.has": sig(BOOL, JS, STR),
    "js.from_bytes": sig(JS, BYTES),
    "js.to_bytes": sig(BYTES, JS),
    "js.wait": sig(CoroutineT(JS), JS),
    "js.type_of": sig(STR, JS),
    "js.platform": sig(STR),
    "js.items": sig(ListT(JS), JS),
    "js.start": sig(JS, CoroutineT(ANY)),
    "js.promise": sig(JS, CoroutineT(ANY)),
    "js.failure": sig(JS, ANY),
    "js.constructor": sig(JS, ANY),
}
