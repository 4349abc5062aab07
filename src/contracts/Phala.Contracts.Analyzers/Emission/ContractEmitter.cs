using System.Globalization;
using Phala.Codec.Generator.Emission;
using Phala.Contracts.Analyzers.Model;

namespace Phala.Contracts.Analyzers.Emission;

/// <summary>Writes a contract's other half: the constructor for one that exists, what it stores, the numbers of its errors.</summary>
internal static class ContractEmitter
{
    internal static string Emit(ContractModel contract)
    {
        CodeWriter code = FileStart.In(contract.Place.Namespace);
        code.Open($"partial class {contract.Place.Name}");
        code.Open($"internal {contract.Place.Name}({FileStart.Loaded} _)");
        code.Close();
        foreach (StoredModel stored in contract.Stored)
        {
            code.Line();
            string key = stored.Key.ToString("x8", CultureInfo.InvariantCulture);
            code.Line($"{stored.Modifiers} {StorageEmitter.BaseOf(stored)} {stored.Property} => new global::Phala.Contracts.Generated.{StorageEmitter.NameOf(stored)}(0x{key});");
        }

        if (contract.Error is { } error)
        {
            code.Line();
            code.Line($"protected override byte IndexOf({error.CSharp} error) => (byte)error;");
        }

        code.Close();
        return code.ToString();
    }
}
