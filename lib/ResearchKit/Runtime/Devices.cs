using System.Globalization;
using TorchSharp;

namespace ResearchKit.Runtime;

/// <summary>Picks the device once; the same code then runs on both.</summary>
public static class Devices
{
    /// <summary>The device that a setting names.</summary>
    /// <param name="setting">auto (CUDA where there is one), cpu, cuda or cuda:N.</param>
    /// <exception cref="SettingsException">The text is no device, or this machine or build has no such device.</exception>
    public static torch.Device Pick(string setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        switch (setting)
        {
            case "cpu": return torch.CPU;
            case "auto": return torch.cuda.is_available() ? torch.device(DeviceType.CUDA, 0) : torch.CPU;
        }
        if (!SettingKey.Find("device", "").Accepts(setting))
            throw new SettingsException($"device is '{setting}'; expected auto, cpu, cuda or cuda:N.");
        var index = setting.Length > 5 ? int.Parse(setting.AsSpan(5), CultureInfo.InvariantCulture) : 0;
        var count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (index >= count)
            throw new SettingsException(
                $"device is '{setting}', but libtorch sees {count} CUDA device(s) here. Set device to auto or cpu, or build with TorchBackend=cuda-linux on a machine with a GPU.");
        return torch.device(DeviceType.CUDA, index);
    }

    /// <summary>What libtorch sees, for a report: "cpu" or the number of CUDA devices.</summary>
    public static string Describe() => torch.cuda.is_available()
        ? string.Create(CultureInfo.InvariantCulture, $"{torch.cuda.device_count()} CUDA device(s)")
        : "CPU only (no CUDA in this build or on this machine)";
}
