// A server and a client in the background: jobs handle their events while the script goes on.

Var Root, Server, Answers;

Procedure ServerGot() Export
	Args = Root.EventArgs;
	Server.SendToClient(Args.ClientId, "Bytes received: " + Args.Data.Size);
EndProcedure

Procedure ClientGot() Export
	Message(TrimAll(GetStringFromBinaryDataBuffer(Root.EventArgs.Data)));
	Answers = Answers + 1;
EndProcedure

AttachAddIn("MultithreadedTCPServer.dll");
Root = New OneScriptMultithreadedTCPServer();
Port = 8080;
If CommandLineArguments.Count() > 0 Then
	Port = Number(CommandLineArguments[0]);
EndIf;

Answers = 0;
Root.ServerReceived = Root.Action(ThisObject, "ServerGot");
Server = Root.BackgroundMultithreadedServer(Port);

Client = Root.BackgroundTCPClient("127.0.0.1", Server.Port);
Client.ClientReceived = Root.Action(ThisObject, "ClientGot");
Client.Send(New BinaryDataBuffer(5));
While Answers = 0 Do
	Sleep(10);
EndDo;
Client.Close();
Server.Stop();
