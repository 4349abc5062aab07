using Phala.Contracts.Metadata;

// Usage: assembly.dll module.wasm. Writes the descriptions and .contract files beside the module.
if (args is not [string assemblyPath, string modulePath])
{
    Console.Error.WriteLine("Usage: Phala.Contracts.Metadata <assembly> <module>");
    return 2;
}

string? description = DescriptionReader.Find(File.ReadAllBytes(assemblyPath));
if (description is null)
{
    Console.Error.WriteLine($"{assemblyPath} : error PHC099: the assembly has no contract's description");
    return 1;
}

ContractBundle bundle = new(description, File.ReadAllBytes(modulePath));
File.WriteAllText(Path.ChangeExtension(modulePath, ".json"), bundle.ToVersion5(withCode: false));
File.WriteAllText(Path.ChangeExtension(modulePath, ".contract"), bundle.ToVersion5(withCode: true));
File.WriteAllText(Path.ChangeExtension(modulePath, ".v4.json"), bundle.ToVersion4(withCode: false));
File.WriteAllText(Path.ChangeExtension(modulePath, ".v4.contract"), bundle.ToVersion4(withCode: true));
return 0;
