namespace Phala.Faults;

/// <summary>Reads one list of faults.</summary>
internal sealed class FaultListReader(string path)
{
    private readonly List<string> _checks = [], _ownChecks = [], _original = [], _replacement = [];
    private readonly List<Fault> _faults = [];
    private readonly List<Change> _changes = [];
    private string? _name, _file;

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">It is not in the format of <c>eng/faults/README.md</c>.</exception>
    public FaultSuite Read()
    {
        foreach (string line in File.ReadLines(path)) Take(line);
        EndFault();
        if (_faults.Count == 0) throw new FormatException($"{path}: needs at least one fault.");
        return new FaultSuite(Path.GetFileNameWithoutExtension(path), _checks, _faults);
    }

    private void Take(string line)
    {
        string[] words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
        string rest = words.Length > 1 ? words[1] : "";
        switch (words[0])
        {
            case "" or "#":
                break;
            case "tests":
                (_name is null ? _checks : _ownChecks).AddRange(rest.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                break;
            case "fault":
                EndFault();
                _name = rest;
                break;
            case "file":
                EndChange();
                _file = rest;
                break;
            case "-" when _file is not null:
                // After the lines of one place, those of the next.
                if (_replacement.Count > 0) EndChange(staysInFile: true);
                _original.Add(rest);
                break;
            case "+" when _original.Count > 0:
                _replacement.Add(rest);
                break;
            default:
                throw new FormatException($"{path}: '{line}' is not understood; see eng/faults/README.md.");
        }
    }

    private void EndChange(bool staysInFile = false)
    {
        if (_file is null) return;
        if (_original.Count == 0) throw new FormatException($"{path}: fault '{_name}' needs at least one '-' line in {_file}.");
        _changes.Add(new Change(_file, [.. _original], [.. _replacement]));
        _original.Clear();
        _replacement.Clear();
        if (!staysInFile) _file = null;
    }

    private void EndFault()
    {
        EndChange();
        if (_name is null) return;
        if (_changes.Count == 0) throw new FormatException($"{path}: fault '{_name}' needs a file.");
        List<string> checks = _ownChecks.Count > 0 ? [.. _ownChecks] : _checks;
        if (checks.Count == 0) throw new FormatException($"{path}: fault '{_name}' needs a 'tests' line, of its own or above all faults.");
        _faults.Add(new Fault(_name, checks, [.. _changes]));
        _changes.Clear();
        _ownChecks.Clear();
        _name = null;
    }
}
