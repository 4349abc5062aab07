using System.CommandLine;

namespace Phala.Node.Inspect;

/// <summary><c>phala-node inspect</c></summary>
internal static class InspectCommand
{
    public static Command Create() => new("inspect", "Decodes and verifies what chains are made of, without a node: exit code 1 where something is wrong with it.")
    {
        SpecInspection.Create(),
        HeaderInspection.Create(),
        BlockInspection.Create(),
        ExtrinsicInspection.Create(),
        JustificationInspection.Create(),
        ProofInspection.Create(),
        MetadataInspection.Create(),
    };
}
