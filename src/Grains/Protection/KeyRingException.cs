namespace AiCloud.Protection;

/// <summary>The key ring is missing or unusable. The message is one line for an operator: it names the setting, never key material.</summary>
public sealed class KeyRingException : Exception
{
    /// <summary>Of another setting than the ring's file.</summary>
    public KeyRingException(string setting, string what) : base($"{setting}: {what}") { }

    public KeyRingException(string what, Exception? inner = null) : base($"{KeysOptions.Section}:File: {what}", inner) { }
}
