using System.Diagnostics.Metrics;
using AiCloud.Hosting;
using AiCloud.Live;
using AiCloud.Probe;
using static AiCloud.Services.Catalogues;

namespace AiCloud.Services;

/// <summary>The catalogue's file changes under a gateway that serves. One after the other: the file is everybody's.</summary>
public sealed class CatalogueReloadTests(ServiceGateway services) : IClassFixture<ServiceGateway>
{
    private LiveGateway Gateway => services.Gateway;

    [Fact]
    public async Task A_changed_file_is_in_force_without_a_restart_and_a_broken_one_changes_nothing_but_a_metric_and_a_line()
    {
        Assert.Equal(10, (await Types()).Length);
        var first = InForce();
        await Write(File(Type("storage", [Need("email")])));
        await Until(async () => (await Types()) is ["storage"]);
        Assert.NotEqual(first, InForce());
        Assert.Equal("1", Metric("aicloud.services.catalogue.types"));

        await Write("""{"format":1,"services":[{"id":"storage"}]}""");
        await Until(() => Task.FromResult(Metric("aicloud.services.catalogue.broken") == "1"));
        Assert.Equal(["storage"], await Types());
        (await Gateway.Get("/health/ready")).Is(200);
        Assert.Contains("aicloud_services_catalogue_broken", (await Gateway.Get("/metrics")).Is(200).Text, StringComparison.Ordinal);
        Assert.Single(Gateway.Log.Lines, line => line.Contains("/services/0/name is missing", StringComparison.Ordinal));

        System.IO.File.Delete(services.File);
        await Until(() => Task.FromResult(Gateway.Log.Lines.Any(line => line.Contains("cannot be read (FileNotFoundException)", StringComparison.Ordinal))));
        Assert.Equal(["storage"], await Types());

        await Write(Everything);
        await Until(async () => (await Types()).Length == 10);
        await Until(() => Task.FromResult(Metric("aicloud.services.catalogue.broken") == "0"));
        Assert.Equal(first, InForce());
    }

    [Fact]
    public async Task A_gateway_does_not_start_on_a_broken_file_and_says_where_it_is_broken()
    {
        var file = System.IO.Path.GetTempFileName();
        await System.IO.File.WriteAllTextAsync(file, """{"format":1,"services":[{"id":"storage"}]}""");
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => LiveGateway.Start(("AiCloud:Services:Catalogue", file)));
        Assert.StartsWith("AiCloud:Services:Catalogue: /services/0/name is missing; /services/0/publishing is missing", refused.Message, StringComparison.Ordinal);
        System.IO.File.Delete(file);
    }

    [Fact]
    public async Task A_file_is_checked_without_serving_it()
    {
        var output = new StringWriter();
        Assert.Equal(0, await CatalogueFile.Check(CatalogueReaderTests.Sample, output));
        Assert.Equal(1, await CatalogueFile.Check("/no/such/file", output));
        Assert.Matches("^4 types, digest [0-9a-f]{64}\\s+the file cannot be read \\(DirectoryNotFoundException\\)\\s+$", output.ToString());
    }

    [Fact]
    public async Task The_schema_is_served_as_it_stands_in_the_documentation()
    {
        var schema = (await Gateway.Get("/schemas/service-catalogue-1.json")).Is(200);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema["$schema"]);
        Assert.Equal("application/schema+json; charset=utf-8", schema.Header("Content-Type"));
    }

    private async Task<string[]> Types() => [.. (await Gateway.Get("/v1/services")).Is(200).Json.EnumerateArray().Select(type => type.GetProperty("id").GetString()!)];

    private string Metric(string name) => Measured(name).Single().Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // The one digest that is in force; those that were are said to be over.
    private string InForce() => Measured("aicloud.services.catalogue.in_force").Single(measured => measured.Value == 1).Digest!;

    // Of this gateway alone: others in this process have meters of the same name.
    private List<(int Value, string? Digest)> Measured(string name)
    {
        var found = new List<(int, string?)>();
        var factory = (IMeterFactory)Gateway.Services.GetService(typeof(IMeterFactory))!;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) => { if (ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Name == name) listener.EnableMeasurementEvents(instrument); },
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) => found.Add((value, tags.Length == 0 ? null : (string?)tags[0].Value)));
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }

    // As a mounted volume does: the file is exchanged, never written into.
    private async Task Write(string text)
    {
        await System.IO.File.WriteAllTextAsync(services.File + ".new", text);
        System.IO.File.Move(services.File + ".new", services.File, overwrite: true);
    }

    private static async Task Until(Func<Task<bool>> comes)
    {
        for (var tries = 0; !await comes(); tries++)
        {
            Assert.True(tries < 200);
            await Task.Delay(50);
        }
    }
}
