namespace System;

/// <summary>A method and its receiver.</summary>
public abstract class Delegate
{
    private readonly object _target;
    private readonly int _function;
}
