using System.Globalization;
using Phala.Fuzz;
using Phala.Fuzz.CompileTime;
using Phala.Testing;

// dotnet run -c Release --project tests/Phala.Fuzz -- [--count N] [--seed S] [target ...]
// dotnet run -c Release --project tests/Phala.Fuzz -- --compile-time SECONDS [--seed S]
int count = 1_000_000, seed = 1, compileTime = 0;
List<string> names = [];
for (int at = 0; at < args.Length; at++)
{
    switch (args[at])
    {
        case "--count" when at + 1 < args.Length && int.TryParse(args[at + 1], CultureInfo.InvariantCulture, out count) && count > 0:
            at++;
            break;
        case "--seed" when at + 1 < args.Length && int.TryParse(args[at + 1], CultureInfo.InvariantCulture, out seed):
            at++;
            break;
        case "--compile-time" when at + 1 < args.Length && int.TryParse(args[at + 1], CultureInfo.InvariantCulture, out compileTime) && compileTime > 0:
            at++;
            break;
        case { } name when FuzzTargets.All.Any(target => target.Name == name):
            names.Add(name);
            break;
        default:
            if (args[at] is not ("--help" or "-h" or "-?")) Console.Error.WriteLine($"'{args[at]}' is not understood.");
            Console.Error.WriteLine("Usage: [--count N] [--seed S] [target ...], or --compile-time SECONDS [--seed S]");
            Console.Error.WriteLine($"Targets: {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}");
            return 2;
    }
}

if (compileTime > 0)
{
    CompileSearch.Run(TimeSpan.FromSeconds(compileTime), seed);
    return 0;
}

bool failed = false;
foreach (FuzzTarget target in FuzzTargets.All.Where(target => names.Count == 0 || names.Contains(target.Name)))
{
    FuzzReport report = FuzzRun.Run(target, count, seed);
    Console.WriteLine(report);
    failed |= report.Failure is not null;
}

return failed ? 1 : 0;
