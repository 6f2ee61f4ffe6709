using System.Collections;
using System.Text.Json;
using AiCloud.Hosting;

namespace AiCloud;

/// <summary>
/// Starts the product one time after another in one process, each with the settings that a test says and none of those before: what refuses to start has refused before
/// anything of it lasts, and most of what a process of its own would cost is its compiling. Answers how each ended, and what it wrote.
/// </summary>
internal static class Starts
{
    public static async Task<int> Run()
    {
        var (output, error) = (Console.Out, Console.Error);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var asked = JsonSerializer.Deserialize<Asked>(line)!;
            foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
                if (Settings.Any(prefix => ((string)variable.Key).StartsWith(prefix, StringComparison.OrdinalIgnoreCase))) Environment.SetEnvironmentVariable((string)variable.Key, null);
            foreach (var (name, value) in asked.Settings) Environment.SetEnvironmentVariable(name, value);
            using StringWriter said = new(), complained = new();
            Console.SetOut(said);
            Console.SetError(complained);
            int exit;
            try
            {
                exit = asked.Program switch { "AiCloud.Gateway" => await GatewayHost.Run([]), "AiCloud.Silo" => await SiloHost.Run([]), _ => throw new InvalidOperationException(asked.Program) };
            }
            finally
            {
                Console.SetOut(output);
                Console.SetError(error);
            }
            await output.WriteLineAsync($"started {asked.Number} {JsonSerializer.Serialize(new Ended(exit, Lines(said), Lines(complained)))}");
        }
        return 0;
    }

    /// <summary>Beginnings of the names of environment variables that the product reads.</summary>
    private static readonly string[] Settings = ["AiCloud__", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "KUBERNETES_", "Logging__", "Kestrel__", "OTEL_"];

    private static string[] Lines(StringWriter text) => text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal sealed record Asked(int Number, string Program, Dictionary<string, string> Settings);

    internal sealed record Ended(int Exit, string[] Output, string[] Error);
}
