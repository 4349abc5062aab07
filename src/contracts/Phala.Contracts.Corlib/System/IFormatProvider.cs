namespace System;

public interface IFormatProvider
{
}
