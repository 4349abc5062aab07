using System.Buffers.Binary;
using Phala.Worker.Hardening;

namespace Phala.Tests.Worker.Hardening;

/// <summary>The launcher of the worker, <c>src/worker/Phala.Worker/Hardening/pruntime</c>: an executable file for Linux on x86-64 without a loader, a library or a variable of its own.</summary>
/// <remarks>
/// It starts <c>&lt;its own path&gt;.host</c> with its own arguments and with the environment of <see cref="Launcher"/>. Of the host's environment it looks at one variable alone, <c>DOTNET_ROOT</c>, and passes it
/// on. As nothing is linked to it, there is nothing that <c>LD_PRELOAD</c> and its like could act on.
/// </remarks>
internal static class LauncherImage
{
    private const ulong Base = 0x400000;
    private const int HeaderLength = 64, SegmentLength = 56, Segments = 2, Start = HeaderLength + (Segments * SegmentLength);
    private const string Failure = "pruntime can't start itself in its own environment: it needs /proc, and pruntime.host beside it.\n";

    /// <summary>The file's bytes.</summary>
    public static byte[] Build()
    {
        byte[] code = Assemble();
        byte[] file = new byte[Start + code.Length];
        WriteHeader(file);
        WriteSegment(file.AsSpan(HeaderLength), type: 1 /* PT_LOAD */, flags: 5 /* read, execute */, Base, (ulong)file.Length, 0x1000);
        WriteSegment(file.AsSpan(HeaderLength + SegmentLength), type: 0x6474E551 /* PT_GNU_STACK */, flags: 6 /* read, write */, 0, 0, 16);
        code.CopyTo(file, Start);
        return file;
    }

    /// <summary>ELF-64, little endian, System V, an executable of fixed addresses for x86-64.</summary>
    private static void WriteHeader(Span<byte> file)
    {
        ((ReadOnlySpan<byte>)[0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0]).CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file[16..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(file[18..], 62);
        BinaryPrimitives.WriteUInt32LittleEndian(file[20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(file[24..], Base + Start);
        BinaryPrimitives.WriteUInt64LittleEndian(file[32..], HeaderLength);
        BinaryPrimitives.WriteUInt16LittleEndian(file[52..], HeaderLength);
        BinaryPrimitives.WriteUInt16LittleEndian(file[54..], SegmentLength);
        BinaryPrimitives.WriteUInt16LittleEndian(file[56..], Segments);
    }

    private static void WriteSegment(Span<byte> header, uint type, uint flags, ulong address, ulong length, ulong alignment)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, type);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], flags);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[40..], length);
        BinaryPrimitives.WriteUInt64LittleEndian(header[48..], alignment);
    }

    private static byte[] Assemble()
    {
        MachineCode code = new(Base + Start);
        FindProgram(code);
        FillEnvironment(code);
        Execute(code);
        return Data(code).ToArray();
    }

    /// <summary>On the stack, from its top: 4,096 bytes for the path, then the environment.</summary>
    private static void FindProgram(MachineCode code) => code
        .Code(0x4C, 0x8B, 0x24, 0x24)                               // mov r12, [rsp]: how many arguments
        .Code(0x4C, 0x8D, 0x6C, 0x24, 0x08)                         // lea r13, [rsp + 8]: the arguments
        .Code(0x4F, 0x8D, 0x74, 0xE5, 0x08)                         // lea r14, [r13 + r12*8 + 8]: the host's environment
        .Code(0x48, 0x81, 0xEC, 0x00, 0x11, 0x00, 0x00)             // sub rsp, 0x1100
        .Code(0xB8, 0x59, 0x00, 0x00, 0x00)                         // mov eax, 89: readlink
        .Near([0x48, 0x8D, 0x3D], "self")                           // lea rdi, [self]
        .Code(0x48, 0x89, 0xE6)                                     // mov rsi, rsp
        .Code(0xBA, 0xF0, 0x0F, 0x00, 0x00)                         // mov edx, 4080
        .Code(0x0F, 0x05)                                           // syscall
        .Code(0x48, 0x3D, 0xF0, 0x0F, 0x00, 0x00)                   // cmp rax, 4080: an error is a large number
        .Jump(0x73, "failure")                                      // jae failure
        .Near([0x48, 0x8B, 0x0D], "suffix")                         // mov rcx, [suffix]
        .Code(0x48, 0x89, 0x0C, 0x04);                              // mov [rsp + rax], rcx

    private static void FillEnvironment(MachineCode code) => code
        .Code(0xFC)                                                 // cld
        .Near([0x48, 0x8D, 0x35], "table")                          // lea rsi, [table]
        .Code(0x48, 0x8D, 0xBC, 0x24, 0x00, 0x10, 0x00, 0x00)       // lea rdi, [rsp + 0x1000]
        .Code(0xB9, (byte)Launcher.Fixed.Count, 0x00, 0x00, 0x00)   // mov ecx, as many
        .Code(0xF3, 0x48, 0xA5)                                     // rep movsq
        .Near([0x48, 0x8B, 0x0D], "root")                           // mov rcx, [root]
        .At("next")
        .Code(0x49, 0x8B, 0x06)                                     // mov rax, [r14]
        .Code(0x48, 0x85, 0xC0)                                     // test rax, rax
        .Jump(0x74, "run")                                          // jz run
        .Code(0x49, 0x83, 0xC6, 0x08)                               // add r14, 8
        .Code(0x48, 0x39, 0x08)                                     // cmp [rax], rcx: "DOTNET_R"
        .Jump(0x75, "next")                                         // jne next
        .Code([0x81, 0x78, 0x08, .. "OOT="u8])                      // cmp dword [rax + 8], "OOT="
        .Jump(0x75, "next")                                         // jne next
        .Code(0x48, 0xAB);                                          // stosq

    private static void Execute(MachineCode code) => code
        .At("run")
        .Code(0x48, 0xC7, 0x07, 0x00, 0x00, 0x00, 0x00)             // mov qword [rdi], 0
        .Code(0xB8, 0x3B, 0x00, 0x00, 0x00)                         // mov eax, 59: execve
        .Code(0x48, 0x89, 0xE7)                                     // mov rdi, rsp
        .Code(0x4C, 0x89, 0xEE)                                     // mov rsi, r13
        .Code(0x48, 0x8D, 0x94, 0x24, 0x00, 0x10, 0x00, 0x00)       // lea rdx, [rsp + 0x1000]
        .Code(0x0F, 0x05)                                           // syscall: it does not return
        .At("failure")
        .Code(0xB8, 0x01, 0x00, 0x00, 0x00)                         // mov eax, 1: write
        .Code(0xBF, 0x02, 0x00, 0x00, 0x00)                         // mov edi, 2: standard error
        .Near([0x48, 0x8D, 0x35], "message")                        // lea rsi, [message]
        .Code(0xBA, (byte)Failure.Length, 0x00, 0x00, 0x00)         // mov edx, its length
        .Code(0x0F, 0x05)                                           // syscall
        .Code(0xB8, 0x3C, 0x00, 0x00, 0x00)                         // mov eax, 60: exit
        .Code(0xBF, 0x01, 0x00, 0x00, 0x00)                         // mov edi, 1
        .Code(0x0F, 0x05);                                          // syscall

    private static MachineCode Data(MachineCode code)
    {
        code.At("suffix").Text(".host").Code(0, 0).At("root").Code("DOTNET_R"u8);
        code.At("self").Text("/proc/self/exe").At("message").Text(Failure);
        foreach ((string name, string value) in Launcher.Fixed) code.At(name).Text($"{name}={value}");
        code.At("table");
        foreach ((string name, _) in Launcher.Fixed) code.Address(name);
        return code;
    }
}
