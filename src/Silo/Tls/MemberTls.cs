using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;

namespace AiCloud.Tls;

/// <summary>
/// Mutual TLS around every connection between silos and gateways, in the place that Orleans keeps for it. Orleans' own package for this holds its
/// certificate for good; here every handshake takes the one that the files hold then.
/// </summary>
internal sealed class MemberTls(MemberCertificates certificates, ILogger<MemberTls> log)
{
    private static readonly TimeSpan LongestHandshake = TimeSpan.FromSeconds(5);

    public void Secure(SiloConnectionOptions connections)
    {
        connections.ConfigureSiloInboundConnection(builder => builder.Use(next => context => Run(context, next, Accept)));
        connections.ConfigureGatewayInboundConnection(builder => builder.Use(next => context => Run(context, next, Accept)));
        connections.ConfigureSiloOutboundConnection(builder => builder.Use(next => context => Run(context, next, Connect)));
    }

    public void Secure(ClientConnectionOptions connections) => connections.ConfigureConnection(builder => builder.Use(next => context => Run(context, next, Connect)));

    private async Task Run(ConnectionContext context, ConnectionDelegate next, Func<SslStream, CancellationToken, Task> shake)
    {
        var plain = context.Transport;
        await using var tls = new SslStream(new DuplexStream(plain), leaveInnerStreamOpen: false);
        if (!await Shaken(tls, shake))
        {
            context.Abort();
            return;
        }
        var pipes = new Pipes(PipeReader.Create(tls, new StreamPipeReaderOptions(leaveOpen: true)), PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true)));
        context.Transport = pipes;
        try
        {
            await next(context);
        }
        finally
        {
            await pipes.Input.CompleteAsync();
            await pipes.Output.CompleteAsync();
            context.Transport = plain; // what closes the connection closes this one
        }
    }

    private async Task<bool> Shaken(SslStream tls, Func<SslStream, CancellationToken, Task> shake)
    {
        using var limit = new CancellationTokenSource(LongestHandshake);
        try
        {
            await shake(tls, limit.Token);
            return true;
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException)
        {
            log.NoMember(failure.GetType().Name);
            return false;
        }
        finally
        {
            if (certificates.Fault is { } fault) log.NotTakenUp(fault);
        }
    }

    private Task Accept(SslStream tls, CancellationToken limit) => tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
    {
        ServerCertificateContext = certificates.Own,
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = (_, shown, _, _) => certificates.IsMember(shown),
    }, limit);

    private Task Connect(SslStream tls, CancellationToken limit) => tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
    {
        TargetHost = "aicloud-member", // no name that anybody compares
        ClientCertificateContext = certificates.Own,
        RemoteCertificateValidationCallback = (_, shown, _, _) => certificates.IsMember(shown),
    }, limit);

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

internal static partial class Log
{
    [LoggerMessage(5611, LogLevel.Warning, "A connection was refused: the other side is no member of this cluster, or did not finish the handshake ({Failure})")]
    public static partial void NoMember(this ILogger log, string failure);

    [LoggerMessage(5612, LogLevel.Error, "Changed certificate files are not taken up: {Fault}")]
    public static partial void NotTakenUp(this ILogger log, string fault);
}
