namespace AiCloud.Hosting;

/// <summary>The process must not start as it was asked to. The message is one line that names the setting.</summary>
public sealed class StartRefusedException(string line) : Exception(line);
