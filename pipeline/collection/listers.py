"""What can be listed of a collection, by name."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.collection import lists, relations
from pipeline.settings.collections import CollectionSettings

LISTERS: Mapping[str, lists.Lister] = {
    "sops": lists.sop_list,
    "steps": lists.step_list,
    "performers": lists.performer_list,
    "agencies": lists.agency_list,
    "laws": lists.law_list,
    "related": lambda records, wanted, lexicon: relations.related_list(records, CollectionSettings()),
    "doubles": lambda records, wanted, lexicon: relations.double_list(records, CollectionSettings()),
}
