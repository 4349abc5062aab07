using System.CommandLine;
using Phala.Client.Contracts.Ink;
using Phala.Trie;

namespace Phala.Cli.Contracts;

/// <summary>The option by which a contract is talked to in the words of a file that describes other code.</summary>
internal sealed class OtherCodeOption
{
    private readonly Option<bool> _other = new("--other-code") { Description = "Go by the file also where the contract runs other code than the file's: its messages and types may mean something else there." };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_other);

    /// <summary>Whether a contract may be talked to in the file's words.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="file">The file.</param>
    /// <param name="runs">The code that the contract runs, as a worker signed it.</param>
    public bool Allows(ParseResult line, ContractFile file, Hash256 runs) => runs == file.CodeHash || line.GetValue(_other);

    /// <summary>How a contract's code compares with a file's, as it is told.</summary>
    public static string Compare(ContractFile file, Hash256 runs) => runs == file.CodeHash ? "as the file" : $"other ({runs})";
}
