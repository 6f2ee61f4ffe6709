using AiCloud.Admission;
using AiCloud.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiCloud.Documents;

/// <summary>A gateway that has only just started, asked because it is the only one left (C0.1).</summary>
public sealed class DocumentsMiddlewareTests(SharedGateways gateways)
{
    [Fact]
    public async Task Nobody_is_told_fewer_documents_than_a_registration_must_accept__C0_1()
    {
        using var catalog = await Fresh();
        Assert.Empty(catalog.Current.RequiredAt(DateTimeOffset.MaxValue));
        var required = 0;
        await new DocumentsMiddleware(_ =>
        {
            required = catalog.Current.RequiredAt(DateTimeOffset.MaxValue).Count;
            return Task.CompletedTask;
        }, catalog).InvokeAsync(Request());
        Assert.Equal(2, required);
    }

    [Fact]
    public async Task What_needs_no_document_does_not_wait_for_them()
    {
        using var catalog = await Fresh();
        foreach (var endpoint in new object[] { AdmissionExempt.Instance, AnsweredFromMemory.Instance })
        {
            var asked = false;
            await new DocumentsMiddleware(_ =>
            {
                asked = true;
                return Task.CompletedTask;
            }, catalog).InvokeAsync(Request(endpoint));
            Assert.True(asked);
            Assert.False(catalog.IsKnown);
        }
    }

    private async Task<DocumentCatalog> Fresh() =>
        new((await gateways.Steady).Services.GetRequiredService<IGrainFactory>(), Options.Create(new DocumentOptions()));

    private static DefaultHttpContext Request(params object[] metadata)
    {
        var context = new DefaultHttpContext();
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(metadata), "an endpoint"));
        return context;
    }
}
