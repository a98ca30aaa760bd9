"""证明: the certificates of the office, each in its own layout, one or many in a PDF."""

from app.reports.certificate_data import (
    Certificate,
    from_snapshot,
    to_snapshot,
)

__all__ = ["Certificate", "from_snapshot", "to_snapshot"]
