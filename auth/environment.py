"""Settings out of environment variables. What is misspelt, out of range or makes no sense is said in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BeforeValidator, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from auth.hosts import quoted

# A shell, systemd and Compose take quotes away, `docker run --env-file` and Kubernetes do not.
QUOTED = "{name} stands in quotes, which came along with it: leave them out."


class SettingsError(Exception):
    """The environment cannot work; the message says which variable and what to write, one sentence a line."""


class Variables(BaseSettings):
    """A set of settings, each a variable of PREFIX and its name; those in `common` also count without the prefix.

    Calling a class of these takes what it is given and nothing from the environment; `read` does that.
    `foreign` variables, and all with one of `foreign_prefixes`, are another program's, which looks at them itself.
    """

    model_config = SettingsConfigDict(frozen=True, extra="forbid", validate_default=False)
    common: ClassVar[Mapping[str, str]] = {}
    foreign: ClassVar[frozenset[str]] = frozenset()
    foreign_prefixes: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def number(default: float, least: float, most: float, meaning: str) -> Any:
    """A setting that is a number from `least` to `most`."""
    finite = {"allow_inf_nan": False} if isinstance(default, float) else {}
    return Field(default, ge=least, le=most, description=meaning, **finite)  # type: ignore[call-overload]


def place(default: object, meaning: str, secret: bool = False) -> Any:
    """A setting that is no number. What may hold a password is `secret`: it is never shown."""
    return Field(default, description=meaning, repr=not secret)


def _switch(given: object) -> bool:
    word = str(given).lower()
    if word not in ("0", "1", "true", "false"):
        raise ValueError("write 1 or 0")
    return word in ("1", "true")


Switch = Annotated[bool, BeforeValidator(_switch)]
Kind = TypeVar("Kind", bound=Variables)


@dataclass(frozen=True)
class Setting:
    """One row of the table of settings. `names`: as one may write it, the first of which wins."""

    names: tuple[str, ...]
    default: str
    range: str
    meaning: str


def settings_of(kind: type[Variables]) -> list[Setting]:
    """Everything of `kind` that can be set."""
    found = []
    for name, field in _fields(kind).items():
        default = field.get_default(call_default_factory=True, validated_data={})
        found.append(Setting(_names(kind, name), _shown(default), _range(field), field.description or ""))
    return found


def read(kind: type[Kind], environ: Mapping[str, str], faults: list[str]) -> Kind:
    """The settings that `environ` holds. Each fault is a sentence added to `faults`, with the default in its place."""
    written = {name: _written(kind, name, environ) for name in _fields(kind)}
    given = {name: variable for name, variable in written.items() if variable != ""}
    faults += [QUOTED.format(name=variable) for variable in given.values() if _is_quoted(environ[variable].strip())]
    given = {name: variable for name, variable in given.items() if not _is_quoted(environ[variable].strip())}
    source = EnvSettingsSource(kind)
    prefix = _prefix(kind)
    source.env_vars = {(prefix + name).lower(): environ[variable].strip() for name, variable in given.items()}
    values = source()
    try:
        return kind(**values)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            name = str(fault["loc"][0])
            faults.append(_sentence(kind.model_fields[name], given[name], values.pop(name, None), fault))
        return kind(**values)


def names_of(kind: type[Variables]) -> set[str]:
    """Every variable that `kind` reads."""
    return {name for field in _fields(kind) for name in _names(kind, field)}


def _fields(kind: type[Variables]) -> dict[str, FieldInfo]:
    """Without those that are sets of settings themselves."""
    return {name: field for name, field in kind.model_fields.items() if field.description is not None}


def _prefix(kind: type[Variables]) -> str:
    return str(kind.model_config["env_prefix"])


def _names(kind: type[Variables], name: str) -> tuple[str, ...]:
    own = _prefix(kind) + name.upper()
    return (own, kind.common[name]) if name in kind.common else (own,)


def _written(kind: type[Variables], name: str, environ: Mapping[str, str]) -> str:
    """The variable that counts for `name`, "" where none is set."""
    return next((variable for variable in _names(kind, name) if environ.get(variable, "").strip() != ""), "")


def _is_quoted(text: str) -> bool:
    return len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'"


def _sentence(field: FieldInfo, variable: str, value: object, fault: Any) -> str:
    what = f"{variable} is {quoted(str(value))}" if field.repr else variable
    if fault["type"] == "value_error":
        return f"{what}: {fault['ctx']['error']}."
    return f"{what}: write {_range(field) or 'something else'}."


def _range(field: FieldInfo) -> str:
    """What may be written, in words; "" where the meaning says it."""
    if field.annotation is bool:
        return "1 or 0"
    bounds = {type(bound).__name__: bound for bound in field.metadata}
    if "Ge" not in bounds:
        return ""
    whole = "a whole number" if field.annotation is int else "a number"
    return f"{whole} from {bounds['Ge'].ge} to {bounds['Le'].le}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)
