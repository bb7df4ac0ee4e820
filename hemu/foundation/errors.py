"""The one exception of the rules."""


class RuleViolation(Exception):
    """A refusal: a code like ``visit.after_hours`` and the values its sentence needs.

    Holds no display text; ``wording`` modules turn a code into words.
    """

    def __init__(self, code: str, /, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({values})" if values else self.code

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.code, self.params)


def _rebuild(code: str, params: dict[str, object]) -> RuleViolation:
    return RuleViolation(code, **params)
