#!/usr/bin/env python3
"""Writes deploy/k8s/monitoring/dashboards/*.json: what each panel shows, and in which unit, stands here; Grafana's boilerplate is made."""
import json, os

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "deploy", "k8s", "monitoring", "dashboards"))
people = 'http_route!~"/health.*|/metrics"'
lost = 'result!="HandedOver"'

def rate(metric, by="", match="", window="$__rate_interval"):
    return f"sum{f' by ({by})' if by else ''} (rate({metric}{'{' + match + '}' if match else ''}[{window}]))"

def quantile(q, metric, by="", match=""):
    return f"histogram_quantile({q}, {rate(metric + '_bucket', 'le' + (', ' + by if by else ''), match)})"

# Title, unit, and per line its legend and expression.
dashboards = {
    "sign-up": ("Sign-up funnel", [
        ("From start to account, per second", "ops", [(step, rate(f"aicloud_registration_{step}_total")) for step in ("started", "verified", "completed")] + [("sent", rate("aicloud_registration_sent_total"))]),
        ("Accounts per start", "percentunit", [("completed / started", f'{rate("aicloud_registration_completed_total", window="30m")} / {rate("aicloud_registration_started_total", window="30m")}'),
                                               ("verified / started", f'{rate("aicloud_registration_verified_total", window="30m")} / {rate("aicloud_registration_started_total", window="30m")}')]),
        ("Refused, by reason", "ops", [("{{reason}}", rate("aicloud_registration_refused_total", "reason"))]),
        ("Answers, by status", "reqps", [("{{http_response_status_code}}", rate("http_server_request_duration_seconds_count", "http_response_status_code", people))]),
        ("Time of an answer", "s", [(f"p{int(q * 100)}", quantile(q, "http_server_request_duration_seconds", match=people)) for q in (0.5, 0.95, 0.99)]),
        ("Time of an answer, p95 by route", "s", [("{{http_route}}", quantile(0.95, "http_server_request_duration_seconds", "http_route", people))]),
    ]),
    "crowd": ("Crowd and admission", [
        ("Requests under way", "short", [("{{pod}}", "sum by (pod) (http_server_active_requests)")]),
        ("Told to come back, per second", "reqps", [("busy", rate("aicloud_gateway_admission_refused_total"))]),
        ("Waiting to be taken up", "short", [("{{pod}}", "aicloud_gateway_admission_waiting")]),
        ("Free places", "short", [("{{pod}}", "aicloud_gateway_admission_free")]),
        ("Hashes waiting or running", "short", [("{{pod}}", "aicloud_hashing_inside")]),
        ("Time a hash waited, p95", "s", [("p95", quantile(0.95, "aicloud_hashing_queue_age_seconds"))]),
        ("Hashes refused, per second", "ops", [("refused", rate("aicloud_hashing_refused_total"))]),
        ("Open connections", "short", [("{{pod}}", "sum by (pod) (kestrel_active_connections)")]),
    ]),
    "delivery": ("Delivery of codes", [
        ("Codes, by what the channel said", "ops", [("{{result}}", rate("aicloud_registration_sent_total", "result"))]),
        ("Codes not handed over", "percentunit", [("share", f'{rate("aicloud_registration_sent_total", match=lost)} / {rate("aicloud_registration_sent_total")}')]),
        ("Codes that come back", "percentunit", [("verified / sent", f'{rate("aicloud_registration_verified_total", window="30m")} / {rate("aicloud_registration_sent_total", window="30m")}')]),
        ("Refused, by reason", "ops", [("{{reason}}", rate("aicloud_registration_refused_total", "reason"))]),
    ]),
    "cluster": ("Cluster and storage", [
        ("Processes that answer", "short", [("{{job}}", 'sum by (job) (up{job=~"aicloud-(gateway|silo)"})')]),
        ("Known to be gone", "short", [("{{pod}} {{of}}", "aicloud_gateway_outage")]),
        ("Versions that run", "short", [("{{process}} {{version}} {{commit}}", "count by (process, version, commit) (aicloud_build_info)")]),
        ("Silos that each silo counts", "short", [("{{pod}}", "orleans_consistent_ring_size")]),
        ("Actors in memory", "short", [("{{pod}}", "orleans_catalog_activations")]),
        ("Calls to actors, time", "ms", [(f"p{int(q * 100)}", quantile(q, "orleans_app_requests_latency_milliseconds")) for q in (0.5, 0.99)]),
        ("Calls without an answer in time, per second", "ops", [("timed out", rate("orleans_app_requests_timedout_total"))]),
        ("Reads and writes of state, per second", "ops", [("read {{state_name}}", rate("orleans_storage_read_latency_milliseconds_count", "state_name")), ("write {{state_name}}", rate("orleans_storage_write_latency_milliseconds_count", "state_name"))]),
        ("Reads and writes of state, p99", "ms", [("read", quantile(0.99, "orleans_storage_read_latency_milliseconds")), ("write", quantile(0.99, "orleans_storage_write_latency_milliseconds"))]),
        ("Reads and writes that failed, per second", "ops", [("read", rate("orleans_storage_read_errors_total")), ("write", rate("orleans_storage_write_errors_total"))]),
        ("Connections to the database", "short", [("{{pod}} {{db_client_connection_state}}", "sum by (pod, db_client_connection_state) (db_client_connection_count)")]),
        ("Waiting for a connection", "short", [("{{pod}}", "sum by (pod) (db_client_connection_npgsql_pending_requests)")]),
        ("Database's clock minus ours", "s", [("{{pod}}", "aicloud_clock_offset_seconds")]),
        ("Processor", "short", [("{{pod}}", rate("dotnet_process_cpu_time_seconds_total", "pod"))]),
        ("Memory", "bytes", [("{{pod}}", "dotnet_process_memory_working_set_bytes")]),
        ("Time spent collecting garbage", "percentunit", [("{{pod}}", rate("dotnet_gc_pause_time_seconds_total", "pod"))]),
        ("Shards swept and settled, per minute", "short", [("{{work}}", f'{rate("aicloud_expiry_runs_total", "work", window="5m")} * 60')]),
        ("Accounts that could not settle, per minute", "short", [("unsettled", f'{rate("aicloud_expiry_unsettled_total", window="5m")} * 60')]),
        ("Work waiting for a thread", "short", [("{{pod}}", "dotnet_thread_pool_queue_length_total")]),
    ]),
    "outside": ("Keys, audit, checks and copies", [
        ("Questions to the endpoints of identity, per second", "ops", [("{{endpoint}} {{outcome}}", rate("aicloud_identity_exchanges_total", "endpoint, outcome"))]),
        ("Identity checks, by how they ended, per second", "ops", [("{{outcome}}", rate("aicloud_identity_ended_total", "outcome"))]),
        ("Vault out of reach; keys that no start would take", "short", [("vault {{pod}}", "aicloud_keys_vault_unreachable"), ("keys {{pod}}", "aicloud_keys_ring_unusable")]),
        ("Acts that the audit's second place did not take", "short", [("{{pod}}", "aicloud_audit_unwritten_total")]),
        ("Copies of personal data, by what came of them, per second", "ops", [("{{outcome}}", rate("aicloud_personal_data_copies_total", "outcome"))]),
        ("Gateways by the service catalogue in force", "short", [("{{digest}}", "sum by (digest) (aicloud_services_catalogue_in_force)"), ("broken", "sum(aicloud_services_catalogue_broken)")]),
        ("Answers to other services, per second", "ops", [("{{outcome}}", rate("aicloud_services_entitlement_answers_total", "outcome"))]),
        ("Switches that are thrown, by processes that know", "short", [("{{switch}}", "count by (switch) (aicloud_switch_active)")]),
    ]),
    "agreements": ("Agreements", [
        ("Versions announced, withdrawn, in force", "short", [(act, f"sum(aicloud_documents_{act}_total)") for act in ("announced", "withdrawn", "activated")]),
        ("Coming into force noted late by", "s", [("mean", "sum(aicloud_documents_activation_tardiness_seconds_sum) / sum(aicloud_documents_activation_tardiness_seconds_count)")]),
        ("Documents edited outside the service", "short", [("unsound", "sum(aicloud_documents_unsound_total)")]),
        ("Entries to the ledger, per second", "ops", [("entries", rate("aicloud_ledger_entries_total"))]),
        ("Accounts whose entries wait for the ledger", "short", [("{{pod}}", "aicloud_ledger_backlog")]),
        ("The oldest of them waits for", "s", [("{{pod}}", "aicloud_ledger_backlog_age_seconds")]),
        ("Batches that failed; accounts that contradict the ledger", "short", [("failed", "sum(aicloud_ledger_flush_failed_total)"), ("contradict", "sum(aicloud_ledger_conflicts_total)")]),
        ("Times the texts are asked for", "reqps", [("{{http_route}}", rate("http_server_request_duration_seconds_count", "http_route", 'http_route=~"/v1/documents.*"'))]),
    ]),
}

for name, (title, panels) in dashboards.items():
    made = [{
        "id": i + 1, "type": "timeseries", "title": panel, "datasource": {"type": "prometheus", "uid": "${source}"},
        "gridPos": {"x": 12 * (i % 2), "y": 8 * (i // 2), "w": 12, "h": 8},
        "fieldConfig": {"defaults": {"unit": unit, "min": None if unit == "s" and "clock" in panel else 0}, "overrides": []},
        "options": {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi"}},
        "targets": [{"refId": chr(65 + n), "expr": expression, "legendFormat": legend} for n, (legend, expression) in enumerate(lines)],
    } for i, (panel, unit, lines) in enumerate(panels)]
    with open(f"{name}.json", "w", encoding="utf-8") as out:
        json.dump({
            "uid": f"aicloud-{name}", "title": f"AI Cloud Accounts: {title}", "tags": ["aicloud-accounts"], "timezone": "browser", "schemaVersion": 39, "version": 1,
            "editable": False, "refresh": "30s", "time": {"from": "now-3h", "to": "now"}, "annotations": {"list": []}, "links": [
                {"type": "dashboards", "tags": ["aicloud-accounts"], "title": "Accounts", "asDropdown": True}],
            "templating": {"list": [{"name": "source", "type": "datasource", "query": "prometheus", "label": "Source"}]}, "panels": made}, out, indent=1, ensure_ascii=False)
        out.write("\n")
