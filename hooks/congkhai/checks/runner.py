"""The list of all rules, and the order in which they are called.

Comes in: a `Dataset`, and the day that deadlines are judged on. Goes out: every problem that a
rule finds. To add a rule, write a generator in the module of its subject, whose docstring states
the rule, and name it in the list here that fits what it is called with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from congkhai.checks import (
    attachments,
    deadlines,
    differences,
    fidelity,
    issuer_places,
    issuers,
    items,
    placement,
    privacy,
    quotes,
    registers,
    report_entries,
    reported_figures,
    reports,
    responses,
    urls,
)
from congkhai.checks.context import PlanContext, ReportContext
from congkhai.checks.unit_names import UnitIndex
from congkhai.data import schema
from congkhai.data.load import Dataset, Loaded
from congkhai.data.problem import Problem
from congkhai.model.places import build_places
from congkhai.model.views import Place

REGISTER_RULES: tuple[Callable[[Dataset], Iterator[Problem]], ...] = (
    registers.require_official_codes,
    registers.require_successors_of_localities,
    registers.require_localities_of_changes,
    registers.require_localities_of_districts,
    registers.require_distinct_addresses,
    registers.refuse_reserved_keys,
    registers.require_successors_of_units,
    registers.require_electronic_codes_of_bodies,
    registers.require_unambiguous_spellings,
    registers.require_distinct_names_of_units,
    registers.require_parents_of_documents,
    registers.require_plans_of_held_documents,
    registers.require_references_of_documents,
    registers.require_unique_items_of_documents,
    registers.require_place_of_known_plans,
    registers.require_items_of_provenance,
    registers.warn_of_goals_without_source,
    registers.require_localities_of_absences,
    registers.require_documents_of_programmes,
    registers.require_words_of_topics,
    registers.require_printed_figures,
    urls.require_https_sources,
    privacy.find_private_data_in_registers,
)
"""Rules about the registers."""

PLAN_RULES: tuple[Callable[[PlanContext], Iterator[Problem]], ...] = (
    items.require_known_locality,
    items.require_known_programme,
    items.require_known_units,
    items.require_known_measures,
    items.require_known_topics,
    items.require_known_documents,
    items.warn_of_withdrawn_items_that_stand,
    items.require_unique_item_ids,
    items.require_nested_item_ids,
    items.require_referenced_items,
    items.require_target_of_applies_to,
    items.require_implemented_items,
    items.require_compared_goals,
    items.require_distinct_targets,
    items.warn_of_tasks_for_outside_bodies,
    items.warn_of_tasks_for_higher_units,
    items.warn_of_plans_without_commitments,
    quotes.require_quotes_in_their_item,
    quotes.require_quotes_at_their_place,
    quotes.require_printed_scope,
    quotes.require_meaningful_notes,
    quotes.compare_number_with_letterhead,
    differences.require_words_of_document,
    fidelity.compare_words_with_source,
    fidelity.require_original_as_received,
    deadlines.require_period_in_order,
    deadlines.require_one_form_of_deadline,
    deadlines.require_deadlines_in_period,
    deadlines.require_target_dates_in_period,
    deadlines.require_year_of_document,
    issuers.require_known_issuer,
    issuers.require_issuer_of_level,
    issuers.require_issuer_as_printed,
    issuer_places.require_issuer_of_place,
    placement.require_folder_of_issuer,
    privacy.find_private_data_in_plan,
    attachments.refuse_false_attachments,
    attachments.refuse_private_data_in_tables,
    attachments.require_distinct_published_names,
    urls.require_https_original,
)
"""Rules about one plan."""

REPORTS_RULES: tuple[
    Callable[[PlanContext, Mapping[str, Loaded[schema.Report]]], Iterator[Problem]], ...
] = (
    reports.require_one_report_for_a_period,
    reports.warn_of_contradicting_reports,
    reports.find_unused_files,
)
"""Rules about all reports on one plan, by file name."""

REPORT_RULES: tuple[Callable[[ReportContext, date], Iterator[Problem]], ...] = (
    reports.require_known_unit,
    reports.require_file_name_of_report,
    reports.require_reporting_period,
    reports.require_begun_period,
    reports.require_unit_of_place,
    reports.require_date_in_life_of_plan,
    reports.require_reportable_items,
    reports.require_one_line_for_an_item,
    reports.require_responsible_unit,
    reports.require_reachable_evidence,
    report_entries.require_fields_that_belong_together,
    report_entries.require_earlier_report_where_nothing_changed,
    report_entries.require_completion_date,
    report_entries.require_completion_in_life_of_plan,
    report_entries.require_target_of_value,
    report_entries.require_values_in_range,
    report_entries.compare_completion_with_value,
    report_entries.warn_of_completion_without_value,
    reported_figures.compare_value_with_text,
    report_entries.require_reason_for_setback,
    report_entries.require_corrected_entry,
    privacy.find_private_data_in_report,
)
"""Rules about one report, judged on a day."""

RESPONSE_RULES: tuple[Callable[[responses.ResponseContext, date], Iterator[Problem]], ...] = (
    responses.require_unit_of_response,
    responses.require_date_of_response,
    responses.require_file_name_of_response,
    responses.require_answered_items,
    responses.require_reachable_sources,
    responses.find_private_data_in_response,
)
"""Rules about one response, judged on a day."""

LINK_RULES: tuple[Callable[[placement.Links, str], Iterator[Problem]], ...] = (
    placement.require_replaced_plan,
    placement.require_links_within_locality,
    placement.require_one_successor,
    placement.require_free_former_paths,
)
"""Rules about what one plan, given by its id, states about others."""


def check(dataset: Dataset, as_of: date) -> Iterator[Problem]:
    """Yield all problems of a dataset, in the order of the rules; sort them to show them.

    What `load` could not read is left out, and nothing is reported as missing that stands in a
    broken file.
    """
    yield from check_registers(dataset)
    places = build_places(dataset.localities, ())
    yield from check_plans(dataset, places, as_of)
    links = {plan_id: placement.link_of(loaded.value) for plan_id, loaded in dataset.plans.items()}
    read = dataset.plans.__getitem__
    yield from check_links(placement.Links(links, dataset.folders, read, places))


def check_registers(dataset: Dataset) -> Iterator[Problem]:
    """Check that the registers agree with themselves."""
    for rule in REGISTER_RULES:
        yield from rule(dataset)


def check_plans(dataset: Dataset, places: Mapping[str, Place], as_of: date) -> Iterator[Problem]:
    """Check that each plan, with its reports, agrees with itself and with the registers."""
    unit_index = UnitIndex(dataset.units)
    for plan_id, loaded in dataset.plans.items():
        context = PlanContext(plan_id, loaded, dataset, places, unit_index)
        for plan_rule in PLAN_RULES:
            yield from plan_rule(context)
        reports_by_file = dataset.reports.get(plan_id, {})
        for reports_rule in REPORTS_RULES:
            yield from reports_rule(context, reports_by_file)
        for file, report in reports_by_file.items():
            earlier = reports.list_earlier_reports(report, reports_by_file)
            report_context = ReportContext(file, report, context, earlier)
            for report_rule in REPORT_RULES:
                yield from report_rule(report_context, as_of)
        for file, response in dataset.responses.get(plan_id, {}).items():
            response_context = responses.ResponseContext(file, response, context)
            for response_rule in RESPONSE_RULES:
                yield from response_rule(response_context, as_of)


def check_links(links: placement.Links) -> Iterator[Problem]:
    """Check that all statements of plans about each other can be true together."""
    for plan_id in links.by_plan:
        for rule in LINK_RULES:
            yield from rule(links, plan_id)
