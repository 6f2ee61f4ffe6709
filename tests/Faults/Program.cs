using System.Globalization;
using AiCloud.Faults;

// faults --current FOLDER [--previous FOLDER] [--rate N] [--logs FOLDER] case… : plays cases under load and prints a row of the table for each. Exit code 0 when every goal is met.
string? current = null, previous = null, logs = null;
var rate = 6.0;
var names = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--current": current = args[++i]; break;
        case "--previous": previous = args[++i]; break;
        case "--logs": Directory.CreateDirectory(logs = args[++i]); break;
        case "--rate": rate = double.Parse(args[++i], CultureInfo.InvariantCulture); break;
        case "list":
            foreach (var one in Cases.All) Console.WriteLine($"{one.Name,-18} {one.What}");
            return 0;
        default: names.Add(args[i]); break;
    }
}
if (names.Except(Cases.All.Select(one => one.Name)).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"There is no case {unknown}; say list.");
    return 2;
}

var unmet = 0;
Console.WriteLine(Outcome.Head);
foreach (var played in Cases.All.Where(one => names.Contains(one.Name)))
{
    if (played.NeedsPrevious && previous is null)
    {
        Console.Error.WriteLine($"{played.Name}: not played, needs --previous.");
        unmet++;
        continue;
    }
    try
    {
        var outcome = await Player.Play(played, current is null ? Release.Host : Release.Published("current", current), previous is null ? null : Release.Published("previous", previous), rate, logs);
        Console.WriteLine(outcome);
        foreach (var note in outcome.Notes) Console.Error.WriteLine($"{played.Name}: {note}");
        foreach (var goal in outcome.Unmet) Console.Error.WriteLine($"{played.Name}: NOT MET: {goal}");
        if (!outcome.IsMet) unmet++;
    }
    catch (Exception failure)
    {
        Console.Error.WriteLine($"{played.Name}: {failure}");
        unmet++;
    }
}
return unmet == 0 ? 0 : 1;
