namespace System;

public enum AttributeTargets
{
    All = 0x7FFF,
}
