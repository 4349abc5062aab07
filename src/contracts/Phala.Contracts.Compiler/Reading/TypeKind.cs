namespace Phala.Contracts.Compiler.Reading;

/// <summary>What a type is to the compiler.</summary>
internal enum TypeKind
{
    Void,
    Boolean,
    Char,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    NativeInt,
    NativeUInt,
    Class,
    Interface,
    Struct,
    Array,
    ByRef,
    Pointer,

    /// <summary>A function pointer.</summary>
    Function,

    /// <summary>A type parameter of a type, in a definition's own terms.</summary>
    TypeParameter,

    /// <summary>A type parameter of a method, in a definition's own terms.</summary>
    MethodParameter,

    /// <summary>Floating point; known so that it can be named.</summary>
    Floating,

    /// <summary>A type that the library of contracts lacks; known so that it can be named.</summary>
    Missing,
}
