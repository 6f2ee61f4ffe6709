using System.Text.Json.Nodes;
using AiCloud.Live;
using AiCloud.Staff;
using AiCloud.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AiCloud.Documents;

/// <summary>A gateway whose documents are published over HTTP. Tests keep apart by kinds of their own, each with a version 1.0 in force.</summary>
public sealed class Publisher : IAsyncLifetime
{
    public const string Alpha = StaffGateway.Alpha, Beta = StaffGateway.Beta;

    private const int Kinds = 40;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> named = new();
    private int taken;

    public LiveGateway Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await LiveGateway.Start(
        [.. StaffGateway.Settings, .. Enumerable.Range(0, Kinds).Select(i => ($"AiCloud:Documents:AdditionalKinds:{i}", $"policy-{i}"))]);

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    /// <summary>A kind that no other test uses, with nothing published.</summary>
    public string EmptyKind() => $"policy-{Interlocked.Increment(ref taken) - 1}";

    /// <summary>A kind that the tests of one class share.</summary>
    public string EmptyKindOnce(string name) => named.GetOrAdd(name, _ => EmptyKind());

    /// <summary>A kind that no other test uses, with 1.0 in force.</summary>
    public async Task<string> Kind()
    {
        var kind = EmptyKind();
        (await Draft(kind, First("1.0"))).Is(201);
        (await Announce(kind, "1.0")).Is(200);
        return kind;
    }

    public static string Versions(string kind) => $"/v1/staff/documents/{kind}/versions";

    public static JsonObject Body(string version, string text = "# Text\n\nClause.") => new
    {
        version,
        @class = "contract",
        ground = "business",
        summary = new Dictionary<string, string> { ["zh-CN"] = "变更", ["en"] = "Change" },
        content = new Dictionary<string, string> { ["zh-CN"] = text + "（中文）", ["en"] = text },
    }.ToJson();

    public static JsonObject First(string version)
    {
        var body = Body(version);
        body["titles"] = new JsonObject { ["zh-CN"] = "规则", ["en"] = "Policy" };
        return body;
    }

    /// <summary>A body with one member replaced, or taken out.</summary>
    public static JsonObject Body(string version, string member, JsonNode? value)
    {
        var body = Body(version);
        if (value is null) body.Remove(member);
        else body[member] = value;
        return body;
    }

    public Task<Reply> Draft(string kind, JsonNode body, string token = Alpha, params (string, string)[] headers) =>
        Gateway.Post(Versions(kind), body.ToJsonString(LiveGateway.Web), token, headers);

    public Task<Reply> Announce(string kind, string version, string token = Beta, params (string, string)[] headers) =>
        Gateway.Post($"{Versions(kind)}/{version}/announcement", null, token, headers);

    public Task<Reply> Withdraw(string kind, string version, string token = Beta, params (string, string)[] headers) =>
        Gateway.Post($"{Versions(kind)}/{version}/withdrawal", null, token, headers);

    /// <summary>The bytes that are kept of a kind; null for none.</summary>
    public async Task<byte[]?> Row(string kind)
    {
        await using var connection = await Gateway.Services.GetRequiredService<Database>().State.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<byte[]>("SELECT payload FROM state WHERE name = 'document' AND key = @kind", new { kind });
    }

    /// <summary>Has something refused, and sees to it that not a byte of the kind's row changed.</summary>
    public async Task Refused(string kind, int status, string code, Func<Task<Reply>> act, string? pointer = null)
    {
        var before = await Row(kind);
        var problem = await (await act()).Problem(status, code);
        if (pointer is not null) Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal(before, await Row(kind));
    }
}
