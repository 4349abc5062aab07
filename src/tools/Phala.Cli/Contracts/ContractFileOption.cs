using System.CommandLine;
using Phala.Client.Contracts.Ink;

namespace Phala.Cli.Contracts;

/// <summary>The option that names a contract's file.</summary>
/// <param name="isRequired">Whether the command does nothing without one.</param>
internal sealed class ContractFileOption(bool isRequired = true)
{
    private readonly Option<FileInfo?> _file = new("--contract") { Description = "The contract's .contract file, or the .json with its messages.", Required = isRequired };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_file);

    /// <summary>Reads the file.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="contract">The contract; null where something is wrong, or no file was named.</param>
    /// <returns>What is wrong, in words, or null.</returns>
    public string? TryRead(ParseResult line, out ContractFile? contract)
    {
        contract = null;
        if (line.GetValue(_file) is not { } file) return null;
        try
        {
            if (file.Exists && file.Length > ContractFile.MostBytes) return $"{file.FullName} is longer than a contract's file may be.";
            ContractFileFault? fault = ContractFile.TryRead(File.ReadAllBytes(file.FullName), out contract);
            return fault is null ? null : $"{file.FullName} is no contract's file of ink! 3, 4 or 5: {fault}.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{file.FullName} can't be read: {exception.Message}";
        }
    }
}
