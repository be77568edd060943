@echo off
rem Builds what is stale and starts the rk command line (lib\ResearchKit.Cli). Works from any folder: rk --help
setlocal
set "root=%~dp0"
set "root=%root:~0,-1%"
set "cli=%root%\lib\ResearchKit.Cli\bin\Release\net10.0\ResearchKit.Cli.dll"
set "kit=%root%\lib\ResearchKit.Interactive\bin\kit\ResearchKit.Interactive.dll"
set "stamp=%root%\lib\ResearchKit.Cli\bin\.rk-built"

set "RESEARCHKIT_ROOT=%root%"
set "RESEARCHKIT_CWD=%CD%"
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=PASSIVE"
set "DOTNET_gcServer=0"
set "DOTNET_NOLOGO=1"
set "DOTNET_CLI_TELEMETRY_OPTOUT=1"
set "DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT=1"

where dotnet >nul 2>nul
if errorlevel 1 (
  echo rk: the .NET 10 SDK is missing: no dotnet on the PATH. Install it from https://dot.net ^(version 10.0^). 1>&2
  exit /b 2
)

if not exist "%cli%" goto build
if not exist "%kit%" goto build
if not exist "%stamp%" goto build
powershell -NoProfile -Command "$t=(Get-Item -Force $env:stamp).LastWriteTimeUtc; $new=Get-ChildItem -Recurse -File -Path \"$env:root\lib\" | Where-Object { $_.LastWriteTimeUtc -gt $t -and $_.FullName -notmatch '\\(bin|obj)\\' } | Select-Object -First 1; $props=Get-Item \"$env:root\Directory.*.props\",\"$env:root\global.json\" | Where-Object { $_.LastWriteTimeUtc -gt $t }; if ($new -or $props) { exit 1 }"
if errorlevel 1 goto build
goto run

:build
pushd "%root%"
dotnet --version >nul 2>nul
if errorlevel 1 (
  echo rk: the .NET 10 SDK is missing. Install version 10.0 from https://dot.net. 1>&2
  popd
  exit /b 2
)
popd
if not exist "%root%\lib\ResearchKit.Cli\bin" mkdir "%root%\lib\ResearchKit.Cli\bin"
type nul > "%stamp%.next"
echo rk: building ... 1>&2
for %%p in (ResearchKit.Cli ResearchKit.Interactive) do (
  dotnet build "%root%\lib\%%p" -c Release -v q --nologo -clp:ErrorsOnly 1>&2
  if errorlevel 1 (
    echo rk: the build of lib\%%p failed; its errors are above. 1>&2
    exit /b 2
  )
)
move /y "%stamp%.next" "%stamp%" >nul

:run
dotnet "%cli%" %*
exit /b %errorlevel%
