// Echo server: each client gets back what it sent.
// Run: ./tramway script examples/scripts/echo-en.os 8080

Var Root, Server;

Procedure Joined() Export
	Message("Client " + Root.EventArgs.ClientId + " has connected");
EndProcedure

Procedure Gone() Export
	Message("Client " + Root.EventArgs.ClientId + " has disconnected");
EndProcedure

Procedure Received() Export
	Args = Root.EventArgs;
	Server.SendToClient(Args.ClientId, Args.Data);
EndProcedure

AttachAddIn("MultithreadedTCPServer.dll");
Root = New OneScriptMultithreadedTCPServer();
Port = 8080;
If CommandLineArguments.Count() > 0 Then
	Port = Number(CommandLineArguments[0]);
EndIf;

Server = Root.MultithreadedServer(Port);
Server.ClientConnected = Root.Action(ThisObject, "Joined");
Server.ClientDisconnected = Root.Action(ThisObject, "Gone");
Server.ServerReceived = Root.Action(ThisObject, "Received");
Server.Start();

While Root.GoOn Do
	Root.DoEvents().Execute();
EndDo;
