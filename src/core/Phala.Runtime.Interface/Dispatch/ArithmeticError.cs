using Phala.Codec;

namespace Phala.Runtime.Interface.Dispatch;

/// <summary>Which calculation has no result.</summary>
[Scale("sp_arithmetic::ArithmeticError")]
public enum ArithmeticError : byte
{
    /// <summary>Below the least number.</summary>
    Underflow = 0,

    /// <summary>Above the greatest number.</summary>
    Overflow = 1,

    /// <summary>A division by zero.</summary>
    DivisionByZero = 2,
}
