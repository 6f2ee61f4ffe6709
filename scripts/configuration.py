#!/usr/bin/env python3
"""Writes docs/configuration.md from the options classes: meaning, default and range of every setting."""
import glob, os, re

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
prop = re.compile(
    r"((?:\s*///[^\n]*\n)+)((?:\s*\[[^\n]*\]\n)*)\s*((?:\[[^\n]*?\]\s)*)public (?!sealed|static|const|override|IEnumerable<ValidationResult>)([\w<>?\[\]]+(?:, \w+>)?) (\w+) \{ get;(?: set;)? \}(?: = ([^;\n]+);)?")

def text(doc):
    lines = " ".join(line.strip().lstrip("/").strip() for line in doc.strip().splitlines())
    lines = re.sub(r"<see cref=\"([\w.]+)\"\s*/>", r"`\1`", lines)
    return re.sub(r"</?(?:summary|c|em)>", lambda m: "`" if m.group(0) in ("<c>", "</c>") else "", lines).strip()

def default(value, kind):
    if value is None: return "absent" if kind.endswith("?") or kind == "string" else {"int": "0", "bool": "false"}.get(kind, "")
    value = re.sub(r"TimeSpan\.From(\w+)\((\d+)\)", r"\2 \1", value).lower() if "TimeSpan" in value else value
    return value.strip('"').replace("IPAddress.Loopback.ToString()", "127.0.0.1").replace("DatabaseProvider.", "").replace("SqliteSynchronous.", "") or "empty"

def span(value):
    return value.removeprefix('"').removesuffix('"')

sections = []
for path in sorted(glob.glob("src/**/*.cs", recursive=True)):
    source = open(path, encoding="utf-8").read()
    for name, body in re.findall(r"public sealed class (\w+(?:Options|Settings))\b[^\n]*\n\{(.*?)\n\}", source, re.S):
        found = re.search(r'const string Section = "([^"]+)"', body)
        section = found.group(1) if found else {"DeliverySettings": "AiCloud:Delivery", "ClusterSettings": "AiCloud:Cluster", "SignedExchangeOptions": "AiCloud:Identity:Check"}.get(name)
        if not section: continue
        rows = []
        for doc, above, inline, kind, member, value in prop.findall(body):
            if kind in ("DeliverySettings", "ClusterSettings", "SignedExchangeOptions"): continue
            bounds = re.search(r"\[Range\((?:typeof\(TimeSpan\), )?([^,\]]+), ([^)\]]+)\)", above + inline)
            limits = f"{span(bounds.group(1))} … {span(bounds.group(2))}" if bounds else ""
            rows.append((member, default(value or None, kind), limits, text(doc)))
        if rows: sections.append((section, rows))
        # One class, two places.
        if section == "AiCloud:Identity:Check": sections.append(("AiCloud:Identity:Numbers", rows))

with open("docs/configuration.md", "w", encoding="utf-8") as out:
    out.write("# Settings\n\nWritten by `scripts/configuration.py` from the options classes. A setting `AiCloud:X:Y` is the environment variable `AiCloud__X__Y`.\n"
              "Every value is checked when the process starts; a wrong one is one line on standard error and exit code 1.\n")
    for section, rows in sorted(sections):
        out.write(f"\n## {section}\n\n| Setting | Default | Range | Meaning |\n|---|---|---|---|\n")
        for member, value, limits, meaning in rows:
            out.write(f"| `{member}` | {value} | {limits} | {meaning.replace('|', '/')} |\n")
    out.write("\n## From the platform\n\n| Setting | Meaning |\n|---|---|\n"
              "| `ASPNETCORE_URLS` | Addresses that the gateway listens on; `http://127.0.0.1:5080` when absent |\n"
              "| `OTEL_EXPORTER_OTLP_ENDPOINT` | Where traces, metrics and logs go by OTLP, such as `http://collector:4317`; absent: nowhere, no span is kept and `/metrics` has no exemplars |\n"
              "| `OTEL_EXPORTER_OTLP_PROTOCOL` | `grpc` (default) or `http/protobuf` (port 4318 by custom) |\n"
              "| `OTEL_EXPORTER_OTLP_HEADERS` | Headers for the collector, such as a token of its own: `name=value,…` |\n"
              "| `OTEL_TRACES_SAMPLER`, `OTEL_TRACES_SAMPLER_ARG` | Which traces are kept: `parentbased_always_on` (default) keeps all but those whose caller said no; `parentbased_traceidratio` with `0.01` keeps one in a hundred |\n"
              "| `OTEL_METRIC_EXPORT_INTERVAL` | Milliseconds between exports of metrics; 60000. `/metrics` is there in any case |\n"
              "| `OTEL_RESOURCE_ATTRIBUTES` | What is added to everything exported, such as the pod's name: `k8s.pod.name=…` |\n")
