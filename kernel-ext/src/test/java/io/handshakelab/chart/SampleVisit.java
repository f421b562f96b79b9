package io.handshakelab.chart;

import static tech.tablesaw.api.ColumnType.BOOLEAN;
import static tech.tablesaw.api.ColumnType.DOUBLE;
import static tech.tablesaw.api.ColumnType.INTEGER;
import static tech.tablesaw.api.ColumnType.LONG;
import static tech.tablesaw.api.ColumnType.STRING;

import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/** A visit to a server that speaks TLS 1.2, seen at both ends, as the tables would show it. */
final class SampleVisit {
  private SampleVisit() {}

  static Table tcp() {
    return table(
        """
        frame,time,conn,sender,src,dst,flags,seq,ack,len,note,evidence
        1,0.000000,0,client,127.0.0.1:40872,127.0.0.1:8443,SYN,0,,0,,wire
        2,0.000041,0,server,127.0.0.1:8443,127.0.0.1:40872,"SYN,ACK",0,1,0,,wire
        3,0.000062,0,client,127.0.0.1:40872,127.0.0.1:8443,ACK,1,1,0,,wire
        4,0.012750,0,client,127.0.0.1:40872,127.0.0.1:8443,"PSH,ACK",1,1,218,,wire
        5,0.012771,0,server,127.0.0.1:8443,127.0.0.1:40872,ACK,1,219,0,ack 219 = 218 bytes received + 1,wire
        6,0.031204,0,server,127.0.0.1:8443,127.0.0.1:40872,ACK,1,219,1448,,wire
        7,0.031255,0,server,127.0.0.1:8443,127.0.0.1:40872,"PSH,ACK",1449,219,1012,,wire
        8,0.031290,0,client,127.0.0.1:40872,127.0.0.1:8443,ACK,219,2461,0,ack 2461 = 2460 bytes received + 1,wire
        9,0.047113,0,client,127.0.0.1:40872,127.0.0.1:8443,"PSH,ACK",219,2461,126,,wire
        10,0.052300,0,server,127.0.0.1:8443,127.0.0.1:40872,"PSH,ACK",2461,345,226,,wire
        11,0.060400,0,client,127.0.0.1:40872,127.0.0.1:8443,"PSH,ACK",345,2687,110,,wire
        12,0.061900,0,server,127.0.0.1:8443,127.0.0.1:40872,"PSH,ACK",2687,455,612,,wire
        13,0.063000,0,client,127.0.0.1:40872,127.0.0.1:8443,"PSH,ACK",455,3299,31,,wire
        14,0.063100,0,client,127.0.0.1:40872,127.0.0.1:8443,"FIN,ACK",486,3299,0,,wire
        15,0.063400,0,server,127.0.0.1:8443,127.0.0.1:40872,"PSH,ACK",3299,487,31,,wire
        16,0.063450,0,server,127.0.0.1:8443,127.0.0.1:40872,"FIN,ACK",3330,487,0,,wire
        17,0.063480,0,client,127.0.0.1:40872,127.0.0.1:8443,ACK,487,3331,0,,inferred
        """,
        INTEGER,
        DOUBLE,
        INTEGER,
        STRING,
        STRING,
        STRING,
        STRING,
        LONG,
        LONG,
        INTEGER,
        STRING,
        STRING);
  }

  static Table states() {
    return table(
        """
        conn,time,endpoint,from,event,to,frame,rfc,evidence
        0,0.000000,server,CLOSED,passive open,LISTEN,,RFC 9293 §3.10.1,inferred
        0,0.000000,client,CLOSED,"active open, send SYN",SYN-SENT,1,RFC 9293 §3.10.1,wire
        0,0.000000,server,LISTEN,"recv SYN, send SYN,ACK",SYN-RCVD,1,RFC 9293 §3.10.7.2,wire
        0,0.000041,client,SYN-SENT,"recv SYN,ACK",ESTABLISHED,2,RFC 9293 §3.10.7.3,wire
        0,0.000062,server,SYN-RCVD,recv ACK,ESTABLISHED,3,RFC 9293 §3.10.7.4,wire
        0,0.000900,server,ESTABLISHED,read from /proc/net/tcp,ESTABLISHED,,,kernel
        0,0.063100,client,ESTABLISHED,"close, send FIN",FIN-WAIT-1,14,RFC 9293 §3.10.4,wire
        0,0.063100,server,ESTABLISHED,recv FIN,CLOSE-WAIT,14,RFC 9293 §3.10.7.4,wire
        0,0.063400,client,FIN-WAIT-1,recv ACK of FIN,FIN-WAIT-2,15,RFC 9293 §3.10.7.4,wire
        0,0.063450,server,CLOSE-WAIT,"close, send FIN",LAST-ACK,16,RFC 9293 §3.10.4,wire
        0,0.063450,client,FIN-WAIT-2,recv FIN,TIME-WAIT,16,RFC 9293 §3.10.7.4,wire
        0,0.063480,server,LAST-ACK,recv ACK of FIN,CLOSED,17,RFC 9293 §3.10.7.4,inferred
        0,60.063480,client,TIME-WAIT,timeout 2MSL,CLOSED,,RFC 9293 §3.10.8,inferred
        """,
        INTEGER,
        DOUBLE,
        STRING,
        STRING,
        STRING,
        STRING,
        INTEGER,
        STRING,
        STRING);
  }

  static Table tls() {
    return table(
        """
        conn,frame,time,sender,type,seq,encrypted,decrypted,evidence,summary
        0,4,0.012750,client,ClientHello,1,false,false,wire,x
        0,6,0.031204,server,ServerHello,1,false,false,wire,x
        0,7,0.031255,server,Certificate,1,false,false,wire,x
        0,7,0.031255,server,ServerKeyExchange,1449,false,false,wire,x
        0,7,0.031255,server,ServerHelloDone,1449,false,false,wire,x
        0,9,0.047113,client,ClientKeyExchange,219,false,false,wire,x
        0,9,0.047113,client,ChangeCipherSpec,219,false,false,wire,x
        0,9,0.047113,client,Finished,219,true,true,wire,x
        0,10,0.052300,server,NewSessionTicket,2461,false,false,wire,x
        0,10,0.052300,server,ChangeCipherSpec,2461,false,false,wire,x
        0,10,0.052300,server,Finished,2461,true,true,wire,x
        0,11,0.060400,client,ApplicationData,345,true,true,wire,x
        0,12,0.061900,server,ApplicationData,2687,true,true,wire,x
        0,12,0.061900,server,ApplicationData,2687,true,true,wire,x
        0,13,0.063000,client,Alert,455,true,true,wire,close_notify (warning)
        0,15,0.063400,server,Alert,3299,true,false,wire,close_notify (warning)
        """,
        INTEGER,
        INTEGER,
        DOUBLE,
        STRING,
        STRING,
        LONG,
        BOOLEAN,
        BOOLEAN,
        STRING,
        STRING);
  }

  static Table http() {
    return table(
        """
        conn,frame,time,sender,line
        0,11,0.060400,client,GET / HTTP/1.1
        0,12,0.061900,server,HTTP/1.1 200 OK
        """,
        INTEGER,
        INTEGER,
        DOUBLE,
        STRING,
        STRING);
  }

  static Table timings() {
    return table(
        """
        conn,phase,start,end,ms,round_trips,evidence
        ,dns,0.000000,0.000850,0.850,1,wire
        0,redirect,0.001100,0.006500,5.400,2,wire
        1,tcp,0.006900,0.006960,0.060,1,wire
        1,tls,0.006960,0.059300,52.340,2,wire
        1,request,0.059300,0.060100,0.800,0.5,wire
        1,first_byte,0.060100,0.061900,1.800,1,wire
        1,close,0.061900,0.063480,1.580,1,inferred
        """,
        INTEGER,
        STRING,
        DOUBLE,
        DOUBLE,
        DOUBLE,
        DOUBLE,
        STRING);
  }

  static Table table(String csv, ColumnType... types) {
    return Table.read()
        .usingOptions(
            CsvReadOptions.builderFromString(csv).columnTypes(types).missingValueIndicator(""));
  }
}
