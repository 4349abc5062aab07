namespace Phala.Contracts.Compiler.Code;

/// <summary>A basic block: statements, then one way out.</summary>
internal sealed class Block(int number)
{
    public int Number { get; } = number;

    public List<Statement> Statements { get; set; } = [];

    public Exit Exit { get; set; } = UnreachableExit.Instance;
}
