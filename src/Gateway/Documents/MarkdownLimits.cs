namespace AiCloud.Documents;

/// <summary>
/// Texts that the Markdown parser takes long over, or refuses: its cost grows with the square of the brackets and stars of one paragraph and
/// with the depth of quotes and lists. Far beyond what a contract needs.
/// </summary>
internal static class MarkdownLimits
{
    /// <summary>Brackets, and runs of stars or low lines, in one paragraph.</summary>
    public const int MarksPerParagraph = 500;

    /// <summary>Quotes and lists within each other.</summary>
    public const int Depth = 30;

    /// <summary>Whether a text is rendered as Markdown; any other is shown as it is written.</summary>
    public static bool Allow(string markdown)
    {
        var marks = 0;
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                marks = 0;
                continue;
            }
            marks += Marks(line);
            if (marks > MarksPerParagraph || DepthOf(line) > Depth) return false;
        }
        return true;
    }

    private static int Marks(ReadOnlySpan<char> line)
    {
        var (marks, former) = (0, '\0');
        foreach (var character in line)
        {
            // A run of stars or low lines is one mark, as in a blank to fill in; each bracket is one.
            if (character is '[' or ']' || (character is '*' or '_' && former != character)) marks++;
            former = character;
        }
        return marks;
    }

    // What containers cost at the beginning of a line: each quote, each list's mark, two columns of indentation.
    private static int DepthOf(ReadOnlySpan<char> line)
    {
        var (depth, blanks) = (0, 0);
        for (var i = 0; i < line.Length; i++)
        {
            var ends = i + 1 == line.Length || line[i + 1] is ' ' or '\t';
            if (line[i] is ' ') depth += ++blanks % 2 == 0 ? 1 : 0;
            else if (line[i] is '\t') depth += 2;
            else if (line[i] is '>' || (line[i] is '-' or '+' or '*' or '.' or ')' && ends)) depth++;
            else if (!char.IsAsciiDigit(line[i])) break;
            if (depth > Depth) break;
        }
        return depth;
    }
}
