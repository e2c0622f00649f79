"""Notes how a night ended, whoever started it: a person, the schedule or Dagster's own page."""

from __future__ import annotations

import re
from collections.abc import Sequence

import dagster as dg
from dagster._core.definitions.asset_checks.asset_check_evaluation import AssetCheckEvaluation

from pipeline.resources import Atlas
from warehouse.nights import LastNight, note_night
from warehouse.store import current_publication

PUBLISHING_STEP = "publication"
INTERRUPTIONS = ("DagsterExecutionInterruptedError", "KeyboardInterrupt")


@dg.success_hook(required_resource_keys={"atlas"})
def note_publication(context: dg.HookContext) -> None:
    """After the last step: the night has published."""
    if context.op.name != PUBLISHING_STEP:
        return
    atlas: Atlas = context.resources.atlas
    settings = atlas.settings()
    published = current_publication(settings.published_dir)
    name = published.name if published else None
    note_night(settings, LastNight(settings.now(), name, (), by_guards=False))


@dg.failure_hook(required_resource_keys={"atlas"})
def note_what_held_the_night(context: dg.HookContext) -> None:
    """After the step that broke: what was published before stays, and the cause is kept."""
    atlas: Atlas = context.resources.atlas
    settings = atlas.settings()
    logged = context.instance.all_logs(
        context.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION
    )
    evaluations = [
        entry.dagster_event.asset_check_evaluation_data
        for entry in logged
        if entry.dagster_event is not None
    ]
    guards = check_messages(evaluations, dg.AssetCheckSeverity.ERROR)
    error = context.op_exception
    if type(error).__name__ in INTERRUPTIONS and not guards:
        return  # the note of its beginning stays, and the next night continues it
    problems = guards or [error_sentence(type(error).__name__, str(error))]
    note_night(settings, LastNight(settings.now(), None, tuple(problems), by_guards=bool(guards)))


def check_messages(
    evaluations: Sequence[AssetCheckEvaluation], severity: dg.AssetCheckSeverity
) -> list[str]:
    """What the checks of this severity that did not hold say."""
    return [
        evaluation.description or evaluation.check_name
        for evaluation in evaluations
        if not evaluation.passed and evaluation.severity == severity
    ]


def error_sentence(class_name: str, message: str) -> str:
    """An error's own words, without the name of its class before them."""
    if class_name in INTERRUPTIONS:
        return "the night was interrupted before its end; start it again"
    return re.sub(rf"^[\w.]*{re.escape(class_name)}: ", "", message.strip())
