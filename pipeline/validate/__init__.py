"""The rules of SOP AP: small checks, each telling what may have been read wrongly, or was written so."""

from pipeline.validate.catalogue import Catalogue, Doubt, catalogue
from pipeline.validate.checks import RECORD_CHECKS, RUN_CHECKS, check_record, run_issues, validate, validate_one

__all__ = [
    "RECORD_CHECKS",
    "RUN_CHECKS",
    "Catalogue",
    "Doubt",
    "catalogue",
    "check_record",
    "run_issues",
    "validate",
    "validate_one",
]
