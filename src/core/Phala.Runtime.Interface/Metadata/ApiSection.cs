using Phala.Codec;
using Phala.Runtime.Interface.Apis;

namespace Phala.Runtime.Interface.Metadata;

/// <summary>Writes the runtime APIs.</summary>
internal static class ApiSection
{
    public static void Write(ref ScaleWriter writer, MetadataScope scope)
    {
        writer.WriteLength(RuntimeApis.All.Count);
        foreach (RuntimeApiShape api in RuntimeApis.All)
        {
            writer.WriteString(api.Name);
            writer.WriteLength(api.Methods.Count);
            foreach (RuntimeApiMethod method in api.Methods) WriteMethod(ref writer, scope, method);
            MetadataScope.WriteDocs(ref writer, [api.Docs]);
            if (scope.IsAtLeast(16)) writer.WriteCompact(api.Version);
            scope.WriteNotDeprecated(ref writer);
        }
    }

    private static void WriteMethod(ref ScaleWriter writer, MetadataScope scope, RuntimeApiMethod method)
    {
        writer.WriteString(method.Name);
        writer.WriteLength(method.Inputs.Count);
        foreach (RuntimeApiInput input in method.Inputs)
        {
            writer.WriteString(input.Name);
            MetadataScope.WriteId(ref writer, input.Describe(scope.Types));
        }

        MetadataScope.WriteId(ref writer, method.DescribeOutput(scope.Types));
        MetadataScope.WriteDocs(ref writer, [method.Docs]);
        scope.WriteNotDeprecated(ref writer);
    }
}
