namespace Phala.Contracts.Compiler;

/// <summary>
/// Exceptions by which the reader of metadata says that an assembly is broken. It promises <see cref="BadImageFormatException"/>, and has others for tokens of the wrong
/// table, rows that are not there and sizes beyond the file.
/// </summary>
internal static class InputFaults
{
    public static bool Is(Exception exception) =>
        exception is BadImageFormatException or InvalidCastException or ArgumentException or OverflowException or KeyNotFoundException or IndexOutOfRangeException or IOException;

    public static CompilationException Wrap(Exception exception) => exception as CompilationException ?? CompilationException.Invalid(exception.Message);
}
