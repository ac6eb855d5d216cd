// Binary protocol: length (4 bytes, lowest first), type (1 byte), body.
// Type 1 adds two integers of 4 bytes, type 2 reverses bytes. The answer: the type + 128, and the result.
// FrameByLength cuts messages: an event is always exactly one, and the server puts the length before what is sent.

Var Root, Server;

Function Answer(Type, Body)
	Buffer = New BinaryDataBuffer(1);
	Buffer[0] = Type + 128;
	Return Buffer.Concat(Body);
EndFunction

Procedure Received() Export
	Id = Root.EventArgs.ClientId;
	Data = Root.EventArgs.Data;
	Type = Data[0];
	If Type = 1 Then
		Body = New BinaryDataBuffer(4);
		Body.WriteInt32(0, Data.ReadInt32(1) + Data.ReadInt32(5));
	Else
		Body = Data.Read(1, Data.Size - 1);
		Body.Reverse();
	EndIf;
	Server.SendToClient(Id, Answer(Type, Body));
EndProcedure

AttachAddIn("MultithreadedTCPServer.dll");
Root = New OneScriptMultithreadedTCPServer();
Port = 8080;
If CommandLineArguments.Count() > 0 Then
	Port = Number(CommandLineArguments[0]);
EndIf;

Server = Root.MultithreadedServer(Port);
Server.FrameByLength(4, True);
Server.ServerReceived = Root.Action(ThisObject, "Received");
Server.Start();

While Root.GoOn Do
	Root.DoEvents().Execute();
EndDo;
