using System.CommandLine;
using System.Text.Json;
using Phala.Runtime.Interface.Workers;
using Phala.Worker.Attestation;
using Hex = Phala.Codec.Hex;

namespace Phala.Worker.Host;

/// <summary><c>pruntime measurement</c></summary>
internal static class MeasurementCommand
{
    public static Command Create()
    {
        Option<bool> json = new("--json") { Description = "Write a JSON object." };
        Command command = new("measurement", "Prints the measurement of this program: what a chain has to allow.") { json };
        command.SetAction(line =>
        {
            Measurement measurement = ProgramMeasurement.OfThisProgram();
            string text = Hex.Format(measurement.AsSpan());
            line.InvocationConfiguration.Output.WriteLine(line.GetValue(json) ? JsonSerializer.Serialize(new Dictionary<string, string> { ["measurement"] = text }) : text);
            return ExitCodes.Done;
        });
        return command;
    }
}
