using System.Reflection.Metadata;
using Phala.Contracts.Compiler.Import;
using Phala.Contracts.Compiler.Reading;

namespace Phala.Contracts.Compiler.Linking;

/// <summary>Finds the line of the author's code that something is about.</summary>
internal sealed class DiagnosticLocator
{
    private const int LongestWay = 1_000;

    /// <summary>The frame whose instruction is being imported.</summary>
    public Frame? Current { get; set; }

    public int CurrentOffset => Current?.Offset ?? 0;

    /// <summary>The nearest place in the contract itself, from the instruction outwards through what was inlined and what called.</summary>
    public static Diagnostic Locate(
        CompilationException exception, ClrMethod? method, Frame? frame, Dictionary<ClrMethod, ClrMethod> reachedFrom, Dictionary<ClrMethod, int> reachedAt)
    {
        List<(MethodDef Method, int Offset)> places = [];
        if (exception.Method is { } other) places.Add((other, 0));
        int offset = exception.Offset;
        for (Frame? each = frame; each is not null; each = each.Caller)
        {
            places.Add((each.Method.Definition, offset >= 0 ? offset : each.Offset));
            offset = -1;
        }

        if (places.Count == 0 && method is not null) places.Add((method.Definition, Math.Max(offset, 0)));
        ClrMethod? at = method;
        for (int i = 0; i < LongestWay && at is not null && reachedFrom.TryGetValue(at, out ClrMethod? caller); i++)
        {
            places.Add((caller.Definition, reachedAt[at]));
            at = caller;
        }

        foreach ((MethodDef place, int where) in places)
        {
            if (place.Owner.Image.IsMain && Find(place, where) is { } found) return new Diagnostic(exception.Id, exception.Message, found.File, found.Line, found.Column);
        }

        foreach ((MethodDef place, int where) in places)
        {
            if (Find(place, where) is { } found) return new Diagnostic(exception.Id, exception.Message, found.File, found.Line, found.Column);
        }

        string suffix = places.Count == 0 ? "" : $" (in {places[0].Method})";
        return new Diagnostic(exception.Id, exception.Message + suffix, null, 0, 0);
    }

    /// <summary>A method's first line.</summary>
    public static (string File, int Line, int Column)? Find(MethodDef method, int offset)
    {
        if (method.Owner.Image.Symbols is not { } symbols) return null;
        try
        {
            MethodDebugInformation information = symbols.GetMethodDebugInformation(method.Handle.ToDebugInformationHandle());
            SequencePoint? best = null;
            foreach (SequencePoint point in information.GetSequencePoints())
            {
                if (point.IsHidden) continue;
                if (best is null || point.Offset <= offset) best = point;
            }

            if (best is not { } found) return null;
            return (symbols.GetString(symbols.GetDocument(found.Document).Name), found.StartLine, found.StartColumn);
        }
        catch (Exception exception) when (InputFaults.Is(exception))
        {
            return null;
        }
    }
}
