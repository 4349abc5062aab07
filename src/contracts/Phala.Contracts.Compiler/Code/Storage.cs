namespace Phala.Contracts.Compiler.Code;

/// <summary>How a scalar lies in memory.</summary>
internal enum Storage
{
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    Int64,
}
