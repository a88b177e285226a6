"""toshima: coordinates the support of households whose troubles cross sections, within consent and secrecy."""

__version__ = "0.1.0"
