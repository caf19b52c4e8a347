"""Every threshold of the pipeline, in one frozen tree that the caller builds once and passes on: a module a room."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.settings.clusters import ClusterSettings
from pipeline.settings.flowcharts import (
    ArrowheadSettings,
    BlockArrowSettings,
    BridgeSettings,
    EdgeSettings,
    EraseSettings,
    FilledAreaSettings,
    FlowInkSettings,
    FlowSettings,
    KindSettings,
    LabelSettings,
    ObjectSettings,
    OutlineRepairSettings,
    OutlineSettings,
    PageBreakSettings,
    PlacementSettings,
    SegmentSettings,
    ShapeSettings,
    TracingSettings,
    VectorSettings,
)
from pipeline.settings.layouts import ExtractSettings, LayoutSettings, UnruledSettings
from pipeline.settings.limits import LimitSettings
from pipeline.settings.reading import OcrSettings, PathRulingSettings, ReadSettings, TextLayerSettings
from pipeline.settings.records import Curve, LanguageSettings, TextDoubtSettings, ValidateSettings
from pipeline.settings.scans import ScanSettings
from pipeline.settings.second_readers import SecondReaderSettings
from pipeline.settings.transcripts import AlignmentSettings, TranscriptSettings

__all__ = [
    "AlignmentSettings",
    "ArrowheadSettings",
    "BlockArrowSettings",
    "BridgeSettings",
    "ClusterSettings",
    "Curve",
    "EdgeSettings",
    "EraseSettings",
    "ExtractSettings",
    "FilledAreaSettings",
    "FlowInkSettings",
    "FlowSettings",
    "KindSettings",
    "LabelSettings",
    "LanguageSettings",
    "LayoutSettings",
    "LimitSettings",
    "ObjectSettings",
    "OcrSettings",
    "OutlineRepairSettings",
    "OutlineSettings",
    "PageBreakSettings",
    "PathRulingSettings",
    "PlacementSettings",
    "ReadSettings",
    "ScanSettings",
    "SecondReaderSettings",
    "SegmentSettings",
    "Settings",
    "ShapeSettings",
    "TextDoubtSettings",
    "TextLayerSettings",
    "TracingSettings",
    "TranscriptSettings",
    "UnruledSettings",
    "ValidateSettings",
    "VectorSettings",
]


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole tree: one branch per room."""

    read: ReadSettings = field(default_factory=ReadSettings)
    ocr: OcrSettings = field(default_factory=OcrSettings)
    transcript: TranscriptSettings = field(default_factory=TranscriptSettings)
    scan: ScanSettings = field(default_factory=ScanSettings)
    layout: LayoutSettings = field(default_factory=LayoutSettings)
    extract: ExtractSettings = field(default_factory=ExtractSettings)
    flow: FlowSettings = field(default_factory=FlowSettings)
    language: LanguageSettings = field(default_factory=LanguageSettings)
    text_doubts: TextDoubtSettings = field(default_factory=TextDoubtSettings)
    validate: ValidateSettings = field(default_factory=ValidateSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
