namespace AiCloud.Invariants;

internal static class CheckCommand
{
    public static Task<int> Run(IConfiguration configuration, TextWriter output) => Task.FromResult(0);
}
