using System.Collections.Immutable;
using System.Globalization;
using Phala.Contracts.Compiler;

const int Usage = 2;
string? assembly = null, output = null;
List<string> references = [];
bool report = false;
CompilationOptions options = new();
for (int i = 0; i < args.Length; i++)
{
    bool hasValue = i + 1 < args.Length;
    if (args[i] == "--assembly" && hasValue) assembly = args[++i];
    else if (args[i] == "--reference" && hasValue) references.Add(args[++i]);
    else if (args[i] == "--output" && hasValue) output = args[++i];
    else if (args[i] == "--pages" && hasValue && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int pages)) (options, i) = (options with { MemoryPages = pages }, i + 1);
    else if (args[i] == "--report") report = true;
    else return Fail($"unknown argument {args[i]}");
}

if (assembly is null || output is null) return Fail("--assembly and --output are needed");
foreach (string path in references.Prepend(assembly))
{
    if (!File.Exists(path)) return Fail($"there is no file {path}");
}

CompilationResult result = ContractCompiler.Compile(Read(assembly), references.Select(Read), options);
foreach (Diagnostic diagnostic in result.Diagnostics) Console.Error.WriteLine(diagnostic);
if (!result.Succeeded) return 1;
File.WriteAllBytes(output, [.. result.Module]);
if (report)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Module.Length,7} bytes in {result.Functions.Length} functions"));
    foreach ((string name, int bytes) in result.Functions.Take(40)) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes,7} {name}"));
}

return 0;

static int Fail(string message)
{
    Console.Error.WriteLine($"error : {message}");
    Console.Error.WriteLine("usage: Phala.Contracts.Compiler --assembly X.dll [--reference Y.dll]... --output X.wasm [--pages N] [--report]");
    return Usage;
}

static AssemblyInput Read(string path)
{
    string symbols = Path.ChangeExtension(path, ".pdb");
    return new AssemblyInput([.. File.ReadAllBytes(path)], File.Exists(symbols) ? [.. File.ReadAllBytes(symbols)] : ImmutableArray<byte>.Empty);
}
