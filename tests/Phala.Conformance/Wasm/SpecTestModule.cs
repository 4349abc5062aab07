using Phala.Wasm;
using Phala.Wasm.Binary;

namespace Phala.Conformance.Wasm;

/// <summary>The host module <c>spectest</c> that the scripts import from.</summary>
internal static class SpecTestModule
{
    public static void AddTo(Imports imports, Store store)
    {
        Add("print", (HostContext _) => { });
        Add("print_i32", (HostContext _, int _) => { });
        Add("print_i64", (HostContext _, long _) => { });
        Add("print_f32", (HostContext _, float _) => { });
        Add("print_f64", (HostContext _, double _) => { });
        Add("print_i32_f32", (HostContext _, int _, float _) => { });
        Add("print_f64_f64", (HostContext _, double _, double _) => { });
        imports.Add("spectest", "global_i32", new Global(store, false, Value.OfI32(666)));
        imports.Add("spectest", "global_i64", new Global(store, false, Value.OfI64(666)));
        imports.Add("spectest", "global_f32", new Global(store, false, Value.OfF32(666.6f)));
        imports.Add("spectest", "global_f64", new Global(store, false, Value.OfF64(666.6)));
        imports.Add("spectest", "table", new Table(store, new TableType(ValueKind.FuncRef, new Limits(10, 20))));
        imports.Add("spectest", "memory", new LinearMemory(store, new Limits(1, 2)));

        void Add(string name, Delegate function) => imports.Add("spectest", name, new HostFunction(function));
    }
}
