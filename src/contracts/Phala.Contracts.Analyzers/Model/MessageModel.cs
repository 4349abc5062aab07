using Phala.Codec.Generator.Model;

namespace Phala.Contracts.Analyzers.Model;

/// <summary>A constructor, command or query.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Label">Its name to the outside.</param>
/// <param name="Selector">Its selector, the first byte highest.</param>
/// <param name="Parameters">What it takes from outside.</param>
/// <param name="ContextAt">Before which of them a query's context stands; negative where it takes none.</param>
/// <param name="Returns">What it returns; null for nothing.</param>
/// <param name="Payable">Whether it takes tokens.</param>
/// <param name="Fails">Whether what it returns may be an error of the contract.</param>
/// <param name="Docs">What its comment says.</param>
internal sealed record MessageModel(
    MessageKind Kind, string Method, string Label, uint Selector, EquatableArray<PartModel> Parameters, int ContextAt, TypeModel? Returns, bool Payable, bool Fails, EquatableArray<string> Docs)
{
    /// <summary>The selector as the first four bytes of an input are read.</summary>
    internal uint LittleEndian => (Selector << 24) | ((Selector & 0xff00) << 8) | ((Selector >> 8) & 0xff00) | (Selector >> 24);
}
