using System.Reflection.Emit;
using Phala.Wasm.Binary;

namespace Phala.Wasm.Compilation;

/// <summary>The guest's parameters and local variables as CIL arguments and locals.</summary>
internal sealed class FunctionLocals
{
    private readonly ILGenerator _il;
    private readonly int _parameters;
    private readonly IReadOnlySet<uint> _exact;
    private readonly List<ValueKind> _kinds = [];
    private readonly List<LocalBuilder> _locals = [];

    public FunctionLocals(ILGenerator il, FunctionType type, FunctionBody body, FunctionAnalysis analysis)
    {
        _il = il;
        _parameters = type.Parameters.Length;
        _exact = analysis.ExactLocals;
        _kinds.AddRange(type.Parameters);
        foreach (LocalGroup group in body.Locals)
        {
            for (uint i = 0; i < group.Count; i++)
            {
                _kinds.Add(group.Kind);
                _locals.Add(il.DeclareLocal(HostSignature.ToClr(group.Kind)));
            }
        }
    }

    /// <summary>Parameters and local variables together.</summary>
    public int Count => _kinds.Count;

    public ValueKind KindOf(uint index) => _kinds[(int)index];

    /// <summary>Whether a NaN in this local may have other bits than the specification gives it: all that assigns it is arithmetic.</summary>
    public bool MayHoldAnyNaN(uint index) => index >= (uint)_parameters && _kinds[(int)index].IsFloat() && !_exact.Contains(index);

    public void EmitLoad(uint index)
    {
        if (index < (uint)_parameters) _il.Emit(OpCodes.Ldarg, (short)(index + Signatures.HiddenParameters));
        else _il.Emit(OpCodes.Ldloc, _locals[(int)index - _parameters]);
    }

    public void EmitStore(uint index)
    {
        if (index < (uint)_parameters) _il.Emit(OpCodes.Starg, (short)(index + Signatures.HiddenParameters));
        else _il.Emit(OpCodes.Stloc, _locals[(int)index - _parameters]);
    }

    /// <summary>Clears the local variables, as the specification demands; the CIL method itself leaves its locals undefined.</summary>
    public void EmitClear()
    {
        for (int i = 0; i < _locals.Count; i++)
        {
            Constants.Emit(_il, _kinds[_parameters + i], 0);
            _il.Emit(OpCodes.Stloc, _locals[i]);
        }
    }
}
